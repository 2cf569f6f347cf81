// Nets that go step by step beside RTNeural's. Everybody's outputs are compared with the formulas in double before
// anything is timed.
#include "machine/limit.hpp"
#include "report/machine.hpp"
#include "report/table.hpp"
#include "stream/offer.hpp"
#include "timing/median.hpp"
#include "timing/progress.hpp"
#include "timing/run.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <deque>
#include <exception>
#include <random>
#include <string>
#include <vector>

namespace bench {

std::vector<stream_library>& stream_libraries() {
  static std::vector<stream_library> all;
  return all;
}

namespace {

struct group {
  const stream_net& net;
  std::vector<float> parameters, x;
  std::vector<stream_contender> contenders; // inlay first
};

std::string wrong_outputs(const group& g, const stream_contender& c) {
  const auto expected = compute(g.net, g.parameters, g.x);
  const auto y = c.outputs();
  double worst = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double error = std::abs(static_cast<double>(y[i]) - expected[i]);
    if (!(error <= worst))
      worst = error; // a NaN is worst
  }
  return worst <= 1e-4 ? "" : "outputs are off by " + number("%.2g", worst) + " (allowed: 1e-4)";
}

/// Everybody who is right, of all nets. Who is not is written down.
std::deque<group> assemble(std::vector<std::string>& wrong) {
  std::deque<group> all; // contenders keep references to its numbers
  for (const auto& net : stream_nets()) {
    auto& g = all.emplace_back(group{net, draw_parameters(net), {}, {}});
    std::mt19937 random(2);
    for (std::size_t i = 0; i < 16 * steps_of_block; ++i)
      g.x.push_back(static_cast<float>(random() >> 8) * 0x1p-23f - 1);
    for (const auto& l : stream_libraries())
      if (l.net == net.name) {
        auto made = l.make({net, g.parameters, g.x});
        if (const auto complaint = wrong_outputs(g, made); !complaint.empty())
          wrong.push_back(made.name + " on " + net.name + ": " + complaint);
        else
          g.contenders.insert(l.name == "inlay" ? g.contenders.begin() : g.contenders.end(), std::move(made));
      }
  }
  return all;
}

/// A row of the table: inlay, then the best of the others. The machine's own loops run between the repetitions.
std::vector<std::string> measure(const machine& m, const group& g, effort effort) {
  std::vector<candidate> candidates;
  const std::size_t reads = g.net.parameter_count() * sizeof(float);
  candidates.push_back(load_candidate(m, reads));
  candidates.push_back(peak_candidate());
  std::vector<std::size_t> row_of, fed_of;
  std::size_t blocks = 0;
  for (const auto& c : g.contenders) {
    row_of.push_back(candidates.size());
    candidates.push_back({c.name, c.in_a_row});
    fed_of.push_back(candidates.size());
    candidates.push_back({c.name, c.fed_back});
    if (c.name == "inlay") {
      blocks = candidates.size();
      candidates.push_back({c.name, c.in_blocks});
    }
  }
  run(candidates, effort);
  const double peak = peak_ns(g.net.multiply_adds(), median(candidates[1].ns));
  const double load = load_limit_ns(m, reads, g.net.parameter_count(), median(candidates[0].ns));
  const auto best = [&](const std::vector<std::size_t>& of) {
    std::size_t least = of[1];
    for (std::size_t k = 1; k < of.size(); ++k)
      if (median(candidates[of[k]].ns) < median(candidates[least].ns))
        least = of[k];
    return least;
  };

  std::vector<std::string> text{g.net.name};
  for (const auto* of : {&row_of, &fed_of}) {
    const double ns = median(candidates[(*of)[0]].ns);
    text.push_back(duration(ns));
    if (of->size() > 1) {
      const std::size_t k = best(*of);
      text.push_back(candidates[k].name + " " + duration(median(candidates[k].ns)));
      text.push_back(number("%.2f", ns / median(candidates[k].ns)));
    } else {
      text.insert(text.end(), {"", ""});
    }
  }
  const double of_block = median(candidates[blocks].ns) / steps_of_block;
  text.push_back(duration(of_block));
  text.push_back(duration(std::max(peak, load)));
  text.push_back(duration(peak));
  return text;
}

int main(int argc, char** argv) {
  effort effort{15, 0.05};
  CLI::App app{"Measures nets that go step by step, of inlay and of RTNeural."};
  app.add_option("--repetitions", effort.repetitions, "of every measurement; the median counts")
      ->check(CLI::PositiveNumber);
  app.add_option("--seconds", effort.seconds, "of one repetition")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  initialize_benchmark(argv[0]);

  std::vector<std::string> wrong;
  const auto groups = assemble(wrong);
  const auto m = measure_machine();
  table t({"a step", "inlay", "best RTNeural", "", "fed back", "best RTNeural", "", "in blocks", "limit", "of blocks"});
  progress shown(groups.size());
  for (const auto& g : groups) {
    shown.next(g.net.name);
    t.add(measure(m, g, effort));
  }
  shown.finish();
  print_machine(m);
  std::printf("\nNets that go step by step (inputs known, output fed back, blocks of %zu; limit: their multiply-adds at the "
              "peak or reading every\nweight once; behind RTNeural's times inlay's as a part of them)\n",
              steps_of_block);
  t.print();
  if (std::ranges::none_of(stream_libraries(), [](const auto& l) { return l.name == "RTNeural"; }))
    std::printf("skipped: RTNeural is no package; cmake -DINLAY_BENCH_RTNEURAL=FOLDER names its checkout\n");
  for (const auto& text : wrong)
    std::printf("WRONG, not measured: %s\n", text.c_str());
  print_quietness(quiet());
  return wrong.empty() ? 0 : 1;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) try { return bench::main(argc, argv); } catch (const std::exception& e) {
  std::fprintf(stderr, "stream_cost: %s\n", e.what());
  return 2;
}
