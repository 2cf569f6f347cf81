// What compiling costs: seconds of processor and MiB of one compiler process, and the code that comes out; for a plain
// program and against the number of layers, beside a program that includes the header and does nothing. Prints a table,
// writes JSON.
#include "report/table.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct program {
  std::string name, library;
  std::size_t depth; // 0: not one of the series
  std::string source;
};

struct cost {
  double seconds = 1e9, mebibytes = 0;
  std::size_t code_bytes = 0;
};

// --- programs ---------------------------------------------------------------------------------------------------------

const std::string n4 =
    "inlay::input<64>, inlay::dense<64, inlay::relu>, inlay::dense<64, inlay::relu>, inlay::dense<10>";

std::string inlay_program(const std::string& net, const std::string& body) {
  return "#include <inlay/inlay.hpp>\nusing net_t = inlay::network<" + net + ">;\n" + body;
}
const std::string inference =
    "void call(const net_t& net, const net_t::input_type& x, net_t::output_type& y) { net(x, y); }\n";
const std::string training =
    "void step(net_t& net, net_t& grad, inlay::adam<net_t>& optimizer, std::span<const net_t::input_type> xs,\n"
    "          std::span<const net_t::output_type> targets) {\n"
    "  grad = net_t{};\n"
    "  inlay::backpropagate(net, xs, targets, inlay::mean_squared_error{}, grad);\n"
    "  optimizer.step(net, grad);\n"
    "}\n";

/// 32 inputs, then `depth` layers of 32.
std::string deep(std::size_t depth) {
  std::string net = "inlay::input<32>";
  for (std::size_t l = 0; l < depth; ++l) net += ", inlay::dense<32, inlay::relu>";
  return net;
}

std::vector<program> programs(std::size_t deepest) {
  std::vector<program> all{
      {"includes inlay, does nothing", "inlay", 0, "#include <inlay/inlay.hpp>\n"},
      {"includes xsimd, does nothing", "xsimd", 0, "#include <xsimd/xsimd.hpp>\n"},
      {"N4: inference of one sample", "inlay", 0, inlay_program(n4, inference)},
      {"T2: training of batches", "inlay", 0, inlay_program(n4, training)},
  };
  for (const auto depth : std::initializer_list<std::size_t>{4, 16, 64, 128})
    if (depth <= deepest)
      all.push_back({std::to_string(depth) + " layers of 32: inference of one sample", "inlay", depth,
                     inlay_program(deep(depth), inference)});
#ifdef INLAY_BENCH_EIGEN
  all.push_back(
      {"N4, Eigen fixed: inference of one sample", "Eigen fixed", 0,
       "#include <Eigen/Core>\n"
       "template <int Out, int In> struct dense { Eigen::Matrix<float, Out, In> w; Eigen::Matrix<float, Out, 1> b; };\n"
       "struct net_t { dense<64, 64> l1; dense<64, 64> l2; dense<10, 64> l3; };\n"
       "void call(const net_t& n, const Eigen::Matrix<float, 64, 1>& x, Eigen::Matrix<float, 10, 1>& y) {\n"
       "  Eigen::Matrix<float, 64, 1> a = n.l1.b, b = n.l2.b;\n"
       "  a.noalias() += n.l1.w * x;\n  a = a.cwiseMax(0.0f);\n"
       "  b.noalias() += n.l2.w * a;\n  b = b.cwiseMax(0.0f);\n"
       "  y = n.l3.b;\n  y.noalias() += n.l3.w * b;\n}\n"});
#endif
  return all;
}

// --- compiling --------------------------------------------------------------------------------------------------------

/// Runs argv; what it and its children used.
cost run(const std::vector<std::string>& words, const fs::path& log) {
  std::vector<char*> argv;
  for (const auto& w : words) argv.push_back(const_cast<char*>(w.c_str()));
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    if (!std::freopen(log.c_str(), "w", stderr)) _exit(127);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  rusage used{};
  if (wait4(child, &status, 0, &used) < 0) throw std::runtime_error("cannot wait for " + words[0]);
  if (status != 0) {
    std::ifstream file(log);
    throw std::runtime_error(words[0] + " failed:\n" + std::string(std::istreambuf_iterator<char>(file), {}));
  }
  const auto seconds = [](timeval t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
  return {seconds(used.ru_utime) + seconds(used.ru_stime), static_cast<double>(used.ru_maxrss) / 1024, 0};
}

/// Bytes of machine code and constants in an object file, as size(1) counts them.
std::size_t code_bytes(const fs::path& object) {
  FILE* const pipe = popen(("size " + object.string()).c_str(), "r");
  if (!pipe) return 0;
  char line[256];
  std::size_t bytes = 0;
  while (std::fgets(line, sizeof line, pipe)) std::sscanf(line, "%zu", &bytes); // the second line begins with it
  pclose(pipe);
  return bytes;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream in(text);
  for (std::string w; in >> w;) words.push_back(w);
  return words;
}

cost compile(const program& p, const fs::path& folder, int tries) {
  const auto source = folder / "program.cpp", object = folder / "program.o";
  std::ofstream(source) << p.source;
  auto command = words_of(INLAY_BENCH_COMPILE " " INLAY_BENCH_INCLUDE);
  command.insert(command.end(), {"-c", source.string(), "-o", object.string()});
  cost least;
  for (int i = 0; i < tries; ++i) {
    const auto c = run(command, folder / "log");
    least.seconds = std::min(least.seconds, c.seconds);
    least.mebibytes = std::max(least.mebibytes, c.mebibytes);
  }
  least.code_bytes = code_bytes(object);
  return least;
}

std::string format(const char* pattern, double value) {
  char text[40];
  std::snprintf(text, sizeof text, pattern, value);
  return text;
}

} // namespace

int main(int argc, char** argv) try {
  int tries = 3;
  bool quick = false;
  std::string out;
  CLI::App app{"Measures what compiling costs."};
  app.add_option("--tries", tries, "the fastest counts")->check(CLI::PositiveNumber);
  app.add_flag("--quick", quick, "one try, and no deep nets");
  app.add_option("--out", out, "a folder for compile.json")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (quick) tries = 1;

  auto pattern = (fs::temp_directory_path() / "compile_cost.XXXXXX").string();
  if (!mkdtemp(pattern.data()))
    throw std::runtime_error("cannot make a folder in " + fs::temp_directory_path().string());
  const struct folder {
    fs::path path;
    ~folder() { fs::remove_all(path); }
  } folder{pattern};

  std::printf("\nCompiling one program (%s)\n", INLAY_BENCH_COMPILE);
  bench::table t({"program", "seconds", "include-only", "memory", "code"});
  nlohmann::json all = nlohmann::json::array();
  double alone = 0;
  for (const auto& p : programs(quick ? 16 : 128)) {
    const auto c = compile(p, folder.path, tries);
    if (alone == 0) alone = c.seconds;
    t.add({p.name, format("%.2f s", c.seconds), format("%.2f×", c.seconds / alone), format("%.0f MiB", c.mebibytes),
           format("%.1f KiB", static_cast<double>(c.code_bytes) / 1024)});
    all.push_back({{"program", p.name},
                   {"library", p.library},
                   {"depth", p.depth},
                   {"seconds", c.seconds},
                   {"mebibytes", c.mebibytes},
                   {"code_bytes", c.code_bytes}});
  }
  t.print();
  if (!out.empty()) {
    std::ofstream file(out + "/compile.json");
    file << all.dump(1) << '\n';
    if (!file.flush()) throw std::runtime_error("cannot write " + out + "/compile.json");
  }
} catch (const std::exception& e) {
  std::fprintf(stderr, "compile_cost: %s\n", e.what());
  return 2;
}
