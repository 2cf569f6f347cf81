#include "measure/chain.hpp"
#include "peer/session.hpp"
#include "report/files.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <stdexcept>

namespace bench {
namespace {

using nlohmann::json;

json describe(const machine& m) {
  json load, bandwidth;
  for (const auto level : {l1, l2, beyond}) {
    load[level_names[level]] = m.load[level].rate;
    bandwidth[level_names[level]] = m.optimizer_bandwidth[level];
  }
  return {{"cpu", m.cpu},
          {"instruction_set", instruction_set},
          {"l1_bytes", m.l1_bytes},
          {"l2_bytes", m.l2_bytes},
          {"peak_multiply_adds_per_ns", m.peak},
          {"load_multiply_adds_per_ns", load},
          {"optimizer_bytes_per_ns", bandwidth},
          {"latency_ns",
           {{"multiply_add", m.multiply_add_latency},
            {"add", m.add_latency},
            {"maximum", m.maximum_latency},
            {"hand_over", m.hand_over}}}};
}

json describe(const activation_cost& a) {
  return {{"error", a.error}, {"value_ns", a.value}, {"with_derivative_ns", a.derivative}, {"latency_ns", a.latency}};
}

json describe(const result& r) {
  json libraries;
  for (const auto& l : r.libraries) libraries[l.name] = {{"median_ns", median(l.ns)}, {"repetitions_ns", l.ns}};
  return {
      {"net", r.net.name},
      {"task", r.task},
      {"batch", r.batch},
      {"limit_ns", r.limit},
      {"limit_is", r.limited_by},
      {"libraries", libraries},
  };
}

json describe(const single_calls& c) {
  auto histogram = json::array();
  for (const auto& bin : c.histogram) histogram.push_back({bin.begin, bin.end, bin.share});
  return {
      {"p50_ns", c.p50},
      {"p99_ns", c.p99},
      {"p99.9_ns", c.p999},
      {"largest_ns", c.largest},
      {"histogram", histogram},
      {"allocations", c.allocations},
  };
}

json describe(const state_cost& s) {
  return {{"what", s.what}, {"state", s.state}, {"library", s.library}, {"ns", s.ns}, {"ordinary_ns", s.normal_ns}};
}

} // namespace

void write_json(const std::string& path, const report& r) {
  json all{{"machine", describe(r.machine)},
           {"compiler", INLAY_BENCH_COMPILER},
           {"seconds_on_core", r.quiet.processor},
           {"seconds_passed", r.quiet.real},
           {"share_of_instructions", r.quiet.speed()},
           {"wrong", r.wrong},
           {"left_out", r.left_out}};
  if (!r.blas.name.empty()) all["openblas_core"] = {{"name", r.blas.name}, {"why", r.blas.why}};
  for (const auto& l : libraries()) all["libraries"][l.name] = l.version;
  for (const auto& a : r.activations) all["activations"][a.name] = describe(a);
  for (const auto& x : r.results) {
    auto& net = all["nets"][x.net.name];
    net = {{"topology", x.net.text}, {"multiply_adds", x.net.multiply_adds()}, {"parameters", x.net.parameter_count()}};
    net["dependency_chain_ns"] =
        dependency_chain_ns(r.machine, x.net, [&](const auto& name) { return r.activation_latency(name); });
    all["results"].push_back(describe(x));
  }
  for (const auto& [net, calls] : r.calls)
    for (const auto& c : calls) all["single_calls"][net.name][c.library] = describe(c);
  for (const auto& s : r.states) all["states"].push_back(describe(s));
  std::ofstream file(path);
  file << all.dump(1) << '\n';
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

} // namespace bench
