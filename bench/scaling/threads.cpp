// What a step of fit() takes on one thread and on more, beside as many copies of the whole that know nothing of each other: what the
// machine's cores have to give.
#include "report/machine.hpp"
#include "report/table.hpp"
#include "scaling/net.hpp"
#include "timing/median.hpp"
#include "timing/progress.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <algorithm>
#include <fstream>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace bench {
namespace {

struct row {
  std::string net;
  std::size_t batch;
  double alone, one;                     // ns a step: fit() without threads, on one thread
  std::vector<double> threads{}, copies{}; // on 2, 3, ... threads; of 2, 3, ... copies at once
};

template <class Net>
row measure(const std::string& name, std::size_t batch, std::size_t cores, int repetitions) {
  const std::size_t steps = std::max<std::size_t>(8, 8192 / batch), samples = steps * batch;
  std::vector<std::unique_ptr<training<Net>>> copies;
  for (std::size_t k = 0; k < cores; ++k) copies.push_back(std::make_unique<training<Net>>(samples));
  std::vector<std::function<void()>> ways{[&] { copies[0]->epoch(batch); }};
  for (std::size_t n = 1; n <= cores; ++n) ways.push_back([&, n] { copies[0]->epoch(batch, inlay::threads(n)); });
  for (std::size_t n = 2; n <= cores; ++n)
    ways.push_back([&, n] {
      std::vector<std::thread> others;
      for (std::size_t k = 1; k < n; ++k) others.emplace_back([&, k] { copies[k]->epoch(batch); });
      copies[0]->epoch(batch);
      for (auto& other : others) other.join();
    });
  std::vector<std::vector<double>> ns(ways.size());
  for (int r = 0; r <= repetitions; ++r)
    for (std::size_t w = 0; w < ways.size(); ++w) {
      const double took = ns_of(ways[w]) / static_cast<double>(steps);
      if (r > 0) ns[w].push_back(took); // the first time warms up
    }
  row result{name, batch, median(ns[0]), median(ns[1])};
  for (std::size_t n = 2; n <= cores; ++n) {
    result.threads.push_back(median(ns[n]));
    result.copies.push_back(median(ns[cores + n - 1]));
  }
  return result;
}

/// Of each row a block: threads, how many times as fast as alone, and how many times as much the copies do.
void write_plot_data(const std::string& folder, const std::vector<row>& rows) {
  std::ofstream file(folder + "/scaling.tsv");
  for (const auto& r : rows) {
    file << '"' << r.net << ", batches of " << r.batch << "\"\n1\t" << r.alone / r.one << "\t1\n";
    for (std::size_t k = 0; k < r.threads.size(); ++k)
      file << k + 2 << '\t' << r.alone / r.threads[k] << '\t' << static_cast<double>(k + 2) * r.alone / r.copies[k] << '\n';
    file << "\n\n";
  }
  if (!file) throw std::runtime_error("cannot write " + folder + "/scaling.tsv");
}

int main(int argc, char** argv) {
  std::size_t cores = std::max(2u, std::thread::hardware_concurrency());
  int repetitions = 15;
  std::string folder;
  CLI::App app{"Measures training on threads."};
  app.add_option("--threads", cores, "the most threads: as many as the machine has, if not given")->check(CLI::Range(2, 1024));
  app.add_option("--repetitions", repetitions, "of every measurement; the median counts")->check(CLI::PositiveNumber);
  app.add_option("--out", folder, "for scaling.tsv, which plot/scaling.gp draws");
  CLI11_PARSE(app, argc, argv);
  initialize_benchmark(argv[0]);

  std::vector<row> rows;
  progress shown(12);
  const auto add = [&]<class Net>(const char* name) {
    for (const std::size_t batch : {32u, 128u, 256u, 1024u}) {
      shown.next(name);
      rows.push_back(measure<Net>(name, batch, cores, repetitions));
    }
  };
  add.operator()<t2>("T2 64-64-64-10");
  add.operator()<t3>("T3 784-128-10");
  add.operator()<t4>("T4 17-256-256-6");
  shown.finish();

  std::vector<std::string> header{"a step, Adam", "batch", "alone", "1 thread", "of it"};
  for (std::size_t n = 2; n <= cores; ++n) {
    header.push_back(std::to_string(n) + " threads");
    header.push_back("faster");
    header.push_back(std::to_string(n) + " copies");
  }
  table t(header);
  for (const auto& r : rows) {
    std::vector<std::string> text{r.net, std::to_string(r.batch), duration(r.alone), duration(r.one), number("%.2f", r.one / r.alone)};
    for (std::size_t k = 0; k < r.threads.size(); ++k) {
      text.push_back(duration(r.threads[k]));
      text.push_back(number("%.2f", r.alone / r.threads[k]));
      text.push_back(number("%.2f", static_cast<double>(k + 2) * r.alone / r.copies[k]));
    }
    t.add(text);
  }
  std::printf("Training on threads (of it: what cutting a batch into shares costs one thread; faster: than alone; copies: how much more as many\n"
              "copies do that share nothing but the machine)\n");
  t.print();
  if (!folder.empty()) write_plot_data(folder, rows);
  return 0;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) try { return bench::main(argc, argv); } catch (const std::exception& e) {
  std::fprintf(stderr, "thread_scaling: %s\n", e.what());
  return 2;
}
