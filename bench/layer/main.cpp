// What each layer costs by itself: a table of its calls in ns, each with its share of what this machine allows.
#include "layer/cost.hpp"
#include "machine/limit.hpp"
#include "report/machine.hpp"
#include "report/table.hpp"
#include "timing/median.hpp"
#include "timing/progress.hpp"
#include "timing/run.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

std::vector<layer_case>& layer_cases() {
  static std::vector<layer_case> all;
  return all;
}

namespace {

/// What a call must do at least: the layer's products, and the numbers that it reads.
struct layer_call {
  std::function<void(benchmark::State&)> loop;
  std::size_t multiply_adds, reads;
};

/// In the order of the table. A gradient is two products, each with a parameter or its gradient for every one.
std::vector<layer_call> calls_of(const layer_case& l) {
  const std::size_t products = 2 * l.multiply_adds, reads = 2 * l.parameters + l.inputs;
  return {{l.forward, l.multiply_adds, l.parameters + l.inputs},
          {l.gradient, l.gradient_samples * products, 2 * l.parameters + l.gradient_samples * l.inputs},
          {l.input_gradient, products, reads},
          {l.batch, layer_batch * l.multiply_adds, l.parameters + layer_batch * l.inputs}};
}

/// A row of the table. The machine's own loops run between the layer's repetitions.
std::vector<std::string> measure(const machine& m, const layer_case& layer, effort effort) {
  const auto calls = calls_of(layer);
  std::vector<candidate> candidates;
  for (const auto& call : calls) {
    candidates.push_back({layer.name, call.loop});
    candidates.push_back(load_candidate(m, call.reads * sizeof(float)));
  }
  candidates.push_back(peak_candidate());
  run(candidates, effort);

  const double peak = median(candidates.back().ns);
  std::vector<std::string> row{layer.name};
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const double ns = median(candidates[2 * i].ns), load = median(candidates[2 * i + 1].ns);
    const double limit = std::max(peak_ns(calls[i].multiply_adds, peak),
                                  load_limit_ns(m, calls[i].reads * sizeof(float), calls[i].reads, load));
    row.push_back(duration(ns));
    row.push_back(percent(limit / ns));
  }
  return row;
}

/// Those whose names begin with one of `wanted`, or all, by name.
std::vector<layer_case> chosen(const std::vector<std::string>& wanted) {
  auto all = layer_cases();
  std::ranges::sort(all, {}, &layer_case::name);
  if (wanted.empty()) return all;
  for (const auto& name : wanted)
    if (std::ranges::none_of(all, [&](const layer_case& l) { return l.name.starts_with(name); }))
      throw std::runtime_error("there is no layer " + name);
  std::erase_if(all, [&](const layer_case& l) {
    return std::ranges::none_of(wanted, [&](const auto& name) { return l.name.starts_with(name); });
  });
  return all;
}

int main(int argc, char** argv) {
  effort effort{9, 0.03};
  std::vector<std::string> wanted;
  CLI::App app{"Measures each layer of inlay by itself."};
  app.add_option("layer", wanted, "those whose names begin like this; otherwise all");
  app.add_option("--repetitions", effort.repetitions, "of every measurement; the median counts")->check(CLI::PositiveNumber);
  app.add_option("--seconds", effort.seconds, "of one repetition")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  initialize_benchmark(argv[0]);

  const auto layers = chosen(wanted);
  const auto m = measure_machine();
  table t({"", "one sample", "of limit", "gradient", "of limit", "by the input", "of limit",
           std::to_string(layer_batch) + " samples", "of limit"});
  progress shown(layers.size());
  for (const auto& layer : layers) {
    shown.next(layer.name);
    t.add(measure(m, layer, effort));
  }
  shown.finish();
  print_machine(m);
  std::printf("\nA layer by itself (limit: its multiply-adds at their peak or, where that is more, reading every number once)\n");
  t.print();
  print_quietness(quiet());
  return 0;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) try {
  return bench::main(argc, argv);
} catch (const std::exception& e) {
  std::fprintf(stderr, "layer_cost: %s\n", e.what());
  return 2;
}
