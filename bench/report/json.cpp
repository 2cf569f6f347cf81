#include "report/json.hpp"

#include "session.hpp"

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
           {{"multiply_add", m.multiply_add_latency}, {"add", m.add_latency}, {"maximum", m.maximum_latency}, {"hand_over", m.hand_over}}}};
}

json describe(const result& r) {
  json libraries;
  for (const auto& l : r.libraries) libraries[l.name] = {{"median_ns", median(l.ns)}, {"repetitions_ns", l.ns}};
  return {{"net", r.net.name},   {"task", r.task},           {"batch", r.batch},
          {"limit_ns", r.limit}, {"limit_is", r.limited_by}, {"libraries", libraries}};
}

} // namespace

void write_json(const std::string& path, const machine& m, const std::vector<result>& results) {
  json all{{"machine", describe(m)}, {"compiler", __VERSION__}, {"nets", json::object()}, {"libraries", json::object()}, {"results", json::array()}};
  for (const auto& l : libraries()) all["libraries"][l.name] = l.version;
  for (const auto& r : results) {
    all["nets"][r.net.name] = {{"topology", r.net.text},
                               {"multiply_adds", r.net.multiply_adds()},
                               {"parameters", r.net.parameter_count()}};
    all["results"].push_back(describe(r));
  }
  std::ofstream file(path);
  file << all.dump(1) << '\n';
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

} // namespace bench
