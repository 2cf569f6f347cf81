#include "check.hpp"
#include "limit.hpp"
#include "report/json.hpp"
#include "report/table.hpp"
#include "report/terminal.hpp"
#include "result.hpp"
#include "session.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <set>
#include <unistd.h>

namespace bench {
namespace {

struct options {
  bench::effort effort{9, 0.03};
  std::string json;
};

/// Who can hold this net; why others cannot is said once.
std::vector<const library*> who(const topology& net, bool library::*able) {
  static std::set<std::string> said;
  std::vector<const library*> all;
  for (const auto& l : libraries()) {
    if (!(l.*able) || (!l.only_net.empty() && l.only_net != net.name)) continue;
    const auto refusal = l.refusal(net);
    if (refusal.empty()) all.push_back(&l);
    else if (said.insert(l.name + refusal).second) std::fprintf(stderr, "  %s is left out where it %s\n", l.name.c_str(), refusal.c_str());
  }
  return all;
}

/// Those of `all` whose results are right; the others are reported and not timed.
template <class Check>
std::vector<const library*> right(const std::vector<const library*>& all, const topology& net, std::size_t batch,
                                  Check check, std::vector<std::string>& wrong) {
  std::vector<const library*> good;
  for (const auto* l : all) {
    const auto complaint = check(*l, net, batch);
    if (complaint.empty()) good.push_back(l);
    else wrong.push_back(l->name + " on " + net.name + ", batch " + std::to_string(batch) + ": " + complaint);
  }
  return good;
}

result measure_inference(const machine& m, const topology& net, const std::string& task, std::size_t batch,
                         const std::vector<const library*>& libs, effort effort) {
  const auto parameters = draw_parameters(net);
  std::vector<std::unique_ptr<session>> sessions;
  std::vector<candidate> candidates;
  for (const auto* l : libs) {
    auto* s = sessions.emplace_back(l->make(net, parameters, batch)).get();
    candidates.push_back({l->name, [s, task](benchmark::State& state) {
                            if (task == "dependent") s->dependent(state);
                            else s->back_to_back(state);
                          }});
  }
  candidates.push_back(batch == 1 ? load_candidate(m, net) : peak_candidate());
  run(candidates, effort);
  const double loop_ns = median(candidates.back().ns);
  candidates.pop_back();
  const double limit = batch == 1 ? load_limit_ns(m, net, loop_ns)
                                  : peak_ns(static_cast<double>(batch * net.multiply_adds()), loop_ns);
  return {net, task, batch, limit, batch == 1 ? level_names[m.fits(weight_bytes(net))] : "peak", std::move(candidates)};
}

result measure_training(const topology& net, std::size_t batch, const std::vector<const library*>& libs, effort effort) {
  const auto parameters = draw_parameters(net);
  constexpr std::size_t count = 1024;
  const samples stream{count, draw(count * net.inputs(), 4), draw(count * net.outputs(), 5)};
  std::vector<candidate> candidates;
  for (const auto* l : libs) // a fresh net for every repetition: all train for as long from the same start
    candidates.push_back({l->name, [&, l](benchmark::State& state) { l->make(net, parameters, batch)->train(state, stream); }});
  candidates.push_back(peak_candidate());
  candidates.push_back(optimizer_candidate());
  run(candidates, effort);
  const double optimizer = optimizer_ns(net, median(candidates.back().ns));
  candidates.pop_back();
  const double products = peak_ns(training_multiply_adds(net, batch), median(candidates.back().ns));
  candidates.pop_back();
  return {net, "training", batch, products + optimizer, "peak + L2", std::move(candidates)};
}

int main(int argc, char** argv) {
  options o;
  CLI::App app{"Measures inlay beside its peers on the nets of this build."};
  app.add_option("--repetitions", o.effort.repetitions, "of every measurement; the median counts")->check(CLI::PositiveNumber);
  app.add_option("--seconds", o.effort.seconds, "of one repetition")->check(CLI::PositiveNumber);
  app.add_option("--json", o.json, "where to write everything measured");
  CLI11_PARSE(app, argc, argv);
  initialize_benchmark(argv[0]);

  const machine m = measure_machine();
  print(m);
  std::vector<result> results;
  std::vector<std::string> wrong;
  std::size_t done = 0;
  const std::size_t steps = 3 * inference_nets.size() + 3 * training_nets.size();
  const auto progress = [&](const topology& net, const char* what) {
    ++done;
    if (isatty(STDERR_FILENO)) std::fprintf(stderr, "\r\033[K[%zu/%zu] %s: %s", done, steps, net.name.c_str(), what);
  };

  for (const auto& net : inference_nets) {
    const auto all = who(net, &library::infers);
    const auto one = right(all, net, 1, check_inference, wrong);
    for (const char* task : {"back-to-back", "dependent"}) {
      progress(net, task);
      results.push_back(measure_inference(m, net, task, 1, one, o.effort));
    }
    progress(net, "batch 256");
    const auto many = right(all, net, 256, check_inference, wrong);
    results.push_back(measure_inference(m, net, "batch", 256, many, o.effort));
  }
  for (const auto& net : training_nets)
    for (const std::size_t batch : {1, 32, 256}) {
      progress(net, "training");
      const auto libs = right(who(net, &library::trains), net, batch, check_training, wrong);
      results.push_back(measure_training(net, batch, libs, o.effort));
    }
  if (isatty(STDERR_FILENO)) std::fprintf(stderr, "\r\033[K");

  print(results);
  for (const auto& w : wrong) std::printf("WRONG, not timed: %s\n", w.c_str());
  if (const auto t = spent(); t.real > 1.02 * t.processor)
    std::printf("The machine was not quiet: other processes had this core for %s of the time.\n",
                percent(1 - t.processor / t.real).c_str());
  if (!o.json.empty()) write_json(o.json, m, results);
  return wrong.empty() ? 0 : 1;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) try {
  return bench::main(argc, argv);
} catch (const std::exception& e) {
  std::fprintf(stderr, "bench: %s\n", e.what());
  return 2;
}
