// Convolutions and nets of them beside what one would otherwise use. Everybody's outputs are compared with the formulas
// in double before anything is timed.
#include "convolution/offer.hpp"
#include "machine/limit.hpp"
#include "report/machine.hpp"
#include "report/table.hpp"
#include "timing/median.hpp"
#include "timing/progress.hpp"
#include "timing/run.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <exception>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

namespace bench {

std::vector<image_library>& image_libraries() {
  static std::vector<image_library> all;
  return all;
}

namespace {

/// The numbers that a task is about, and who computes them.
struct group {
  std::string name;
  const image_net& net;
  std::size_t n;
  std::vector<float> parameters, x;
  std::vector<contender> contenders;
};

/// In the order of the table, whatever the linker's.
constexpr const char* names[] = {"inlay", "oneDNN", "Eigen"};
constexpr const char* packages[] = {"", "libdnnl-dev", "libeigen3-dev"};

std::string wrong_outputs(const group& g, const contender& c) {
  const auto expected = compute(g.net, g.parameters, g.x, g.n);
  const auto y = c.outputs();
  if (y.size() != expected.size())
    return "has " + std::to_string(y.size()) + " outputs, not " + std::to_string(expected.size());
  double worst = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double error = std::abs(static_cast<double>(y[i]) - expected[i]) / std::max(1.0, std::abs(expected[i]));
    if (!(error <= worst))
      worst = error; // a NaN is worst
  }
  return worst <= 1e-4 ? "" : "outputs are off by " + number("%.2g", worst) + " (allowed: 1e-4)";
}

/// Everybody who is right, of all tasks. Who is not is written down.
std::deque<group> assemble(std::vector<std::string>& wrong) {
  std::deque<group> all; // contenders keep references to its numbers
  const auto add = [&](const image_net& net, std::size_t n, order order, const std::string& name) {
    auto& g = all.emplace_back(group{name, net, n, draw_parameters(net), {}, {}});
    std::mt19937 random(2);
    for (std::size_t i = 0; i < n * net.inputs(); ++i)
      g.x.push_back(static_cast<float>(random() >> 8) * 0x1p-23f - 1);
    const image_task task{net, g.parameters, g.x, n, order};
    for (const char* library : names)
      for (const auto& l : image_libraries())
        if (l.name == library && l.takes(task)) {
          auto made = l.make(task);
          if (const auto complaint = wrong_outputs(g, made); complaint.empty())
            g.contenders.push_back(std::move(made));
          else
            wrong.push_back(l.name + " on " + name + ": " + complaint);
        }
  };
  for (const auto& net : image_nets())
    if (net.single()) {
      add(net, 1, order::own, net.name + ", layouts of their own");
      add(net, 1, order::channels_first, net.name + ", channels first");
    } else {
      add(net, 1, order::channels_first, net.name + ", 1 sample");
      add(net, 256, order::channels_first, net.name + ", 256 samples");
    }
  return all;
}

/// A row of the table. The machine's own loops run between the libraries' repetitions.
std::vector<std::string> measure(const machine& m, const group& g, effort effort) {
  std::vector<candidate> candidates;
  for (const auto& c : g.contenders)
    candidates.push_back({c.name, c.loop});
  const std::size_t reads = g.net.parameter_count() + g.n * g.net.inputs();
  candidates.push_back(load_candidate(m, reads * sizeof(float)));
  candidates.push_back(peak_candidate());
  run(candidates, effort);
  const double peak = peak_ns(g.n * g.net.multiply_adds(), median(candidates.back().ns));
  const double load = load_limit_ns(m, reads * sizeof(float), reads, median(candidates[candidates.size() - 2].ns));

  std::vector<std::string> row{g.name};
  double inlay = 0;
  for (const char* name : names) {
    const auto found = std::ranges::find(candidates, name, &candidate::name);
    if (found == candidates.end()) {
      row.insert(row.end(), {"", ""});
      continue;
    }
    const double ns = median(found->ns);
    if (name == names[0])
      inlay = ns;
    row.push_back(duration(ns));
    row.push_back(name == names[0] ? percent(std::max(peak, load) / ns) : (inlay > 0 ? times(ns / inlay) : ""));
  }
  row.push_back(peak >= load ? "peak" : level_names[m.fits(reads * sizeof(float))]);
  return row;
}

/// One thread for everybody: OpenMP reads its number before main, so the program starts itself once more.
void one_thread(char** argv) {
  if (std::getenv("OMP_NUM_THREADS"))
    return;
  setenv("OMP_NUM_THREADS", "1", 1);
  execv("/proc/self/exe", argv);
}

int main(int argc, char** argv) {
  one_thread(argv);
  effort effort{15, 0.05};
  CLI::App app{"Measures convolutions, and nets of them, of inlay beside oneDNN and Eigen."};
  app.add_option("--repetitions", effort.repetitions, "of every measurement; the median counts")
      ->check(CLI::PositiveNumber);
  app.add_option("--seconds", effort.seconds, "of one repetition")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  initialize_benchmark(argv[0]);

  std::vector<std::string> wrong;
  const auto groups = assemble(wrong);
  const auto m = measure_machine();
  table t({"", "inlay", "of limit", "oneDNN", "", "Eigen", "", "limit"});
  progress shown(groups.size());
  for (const auto& g : groups) {
    shown.next(g.name);
    t.add(measure(m, g, effort));
  }
  shown.finish();
  print_machine(m);
  std::printf("\nConvolutions (limit: their multiply-adds at the peak or, where that is more, reading every number "
              "once; how many times\n"
              "as long the others take)\n");
  t.print();
  for (std::size_t k = 1; k < std::size(names); ++k)
    if (std::ranges::none_of(image_libraries(), [&](const auto& l) { return l.name == names[k]; }))
      std::printf("skipped: %s was not installed when this was built (%s)\n", names[k], packages[k]);
  for (const auto& text : wrong)
    std::printf("WRONG, not measured: %s\n", text.c_str());
  print_quietness(quiet());
  return wrong.empty() ? 0 : 1;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) try { return bench::main(argc, argv); } catch (const std::exception& e) {
  std::fprintf(stderr, "convolution_cost: %s\n", e.what());
  return 2;
}
