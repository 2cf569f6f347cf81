// What compiling costs, against a program that includes inlay's header and does nothing. For each compiler a table; all
// of it as JSON and, for the picture, as tab-separated values.
#include "compile/compiler.hpp"
#include "compile/program.hpp"
#include "report/table.hpp"
#include "timing/progress.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {
namespace {

struct row {
  std::string compiler; ///< as it calls itself
  program what;
  bench::cost cost;
  double ratio; ///< of its seconds to those of including inlay's header
};

// Round by round: the processor is faster at one time than at another, and a ratio wants both of its programs in both.
std::vector<row> measure(const std::string& compiler, const std::vector<program>& all, int tries) {
  const auto name = version(compiler);
  std::vector<row> rows;
  for (const auto& p : all) rows.push_back({name, p, {}, 0});
  progress shown(all.size() * static_cast<std::size_t>(tries));
  for (int i = 0; i < tries; ++i)
    for (auto& r : rows) {
      shown.next("compiling: " + r.what.name);
      const auto cost = compile(compiler + " " INLAY_BENCH_FLAGS " " INLAY_BENCH_FOLDERS, r.what);
      if (i == 0 || cost.seconds < r.cost.seconds) r.cost = cost;
    }
  shown.finish();
  for (auto& r : rows)
    for (const auto& alone : rows)
      if (alone.what.name == "inlay/inlay.hpp") r.ratio = r.cost.seconds / alone.cost.seconds;
  return rows;
}

void print(const std::vector<row>& rows) {
  std::printf("\nCompiling with %s, %s\n", rows.front().compiler.c_str(), INLAY_BENCH_FLAGS);
  table t({"", "processor", "of inlay.hpp alone", "memory", "code"});
  for (const auto& r : rows)
    t.add({(r.what.kind == "header" ? "only " : "") + r.what.name, number("%.2f s", r.cost.seconds),
           number("%.2f×", r.ratio), number("%.0f MiB", r.cost.mebibytes),
           r.cost.code_bytes ? number("%.1f KiB", static_cast<double>(r.cost.code_bytes) / 1024) : ""});
  t.print();
}

void write(const std::string& folder, const std::vector<row>& rows) {
  auto all = nlohmann::json::array();
  std::ofstream series(folder + "/compile.tsv"), file(folder + "/compile.json");
  std::string compiler;
  for (const auto& r : rows) {
    all.push_back({{"compiler", r.compiler},
                   {"what", r.what.name},
                   {"kind", r.what.kind},
                   {"depth", r.what.depth},
                   {"seconds", r.cost.seconds},
                   {"mebibytes", r.cost.mebibytes},
                   {"code_bytes", r.cost.code_bytes}});
    if (r.compiler != compiler) { // a block that gnuplot calls an index
      series << (compiler.empty() ? "" : "\n\n") << '"' << r.compiler << "\"\n";
      compiler = r.compiler;
    }
    if (r.what.name == "inlay/inlay.hpp" || r.what.kind == "depth")
      series << r.what.depth << '\t' << r.cost.seconds << '\t' << r.cost.mebibytes << '\n';
  }
  file << all.dump(1) << '\n';
  if (!file.flush() || !series.flush()) throw std::runtime_error("cannot write to " + folder);
}

int main(int argc, char** argv) {
  int tries = 5;
  bool quick = false;
  std::string out;
  std::vector<std::string> compilers{INLAY_BENCH_COMPILERS};
  CLI::App app{"Measures what compiling costs."};
  app.add_option("--tries", tries, "the fastest counts")->check(CLI::PositiveNumber);
  app.add_option("--compiler", compilers, "instead of those that were found");
  app.add_flag("--quick", quick, "one compiler, one try, no deep nets");
  app.add_option("--out", out, "a folder for compile.json and compile.tsv")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (quick) tries = 1, compilers.resize(1);

  std::vector<row> rows;
  for (const auto& compiler : compilers) {
    const auto here = measure(compiler, programs(quick ? 16 : 128), tries);
    print(here);
    rows.insert(rows.end(), here.begin(), here.end());
  }
  if (!out.empty()) write(out, rows);
  return 0;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) try {
  return bench::main(argc, argv);
} catch (const std::exception& e) {
  std::fprintf(stderr, "compile_cost: %s\n", e.what());
  return 2;
}
