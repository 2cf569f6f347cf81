#include "compile/compiler.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {
namespace {

namespace fs = std::filesystem;

struct scratch_folder {
  fs::path path;
  scratch_folder() {
    auto name = (fs::temp_directory_path() / "inlay_compile.XXXXXX").string();
    if (!mkdtemp(name.data()))
      throw std::runtime_error("cannot make a folder in " + fs::temp_directory_path().string());
    path = name;
  }
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;
  ~scratch_folder() { fs::remove_all(path); }
};

/// Runs it to its end, what it writes to the standard error in `log`.
rusage run(const std::vector<std::string>& words, const fs::path& log) {
  std::vector<char*> argv;
  for (const auto& w : words) argv.push_back(const_cast<char*>(w.c_str()));
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    if (std::freopen(log.c_str(), "w", stderr)) execvp(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  rusage used{};
  if (wait4(child, &status, 0, &used) < 0) throw std::runtime_error("cannot wait for " + words[0]);
  if (status != 0) {
    std::ifstream file(log);
    throw std::runtime_error(words[0] + " failed:\n" + std::string(std::istreambuf_iterator<char>(file), {}));
  }
  return used;
}

/// What a command writes.
std::string output(const std::string& command) {
  FILE* const pipe = popen(command.c_str(), "r");
  if (!pipe) throw std::runtime_error("cannot run " + command);
  std::string all;
  char buffer[256];
  while (std::fgets(buffer, sizeof buffer, pipe)) all += buffer;
  pclose(pipe);
  return all;
}

/// As size(1) counts them: the first number of its second line.
std::size_t code_bytes(const fs::path& object) {
  const auto text = output("size '" + object.string() + "'");
  return std::stoul(text.substr(text.find('\n') + 1));
}

} // namespace

cost compile(const std::string& command, const program& p) {
  const scratch_folder folder;
  const auto source = folder.path / "program.cpp", object = folder.path / "program.o";
  std::ofstream(source) << p.source;

  std::istringstream text(command);
  std::vector<std::string> words{std::istream_iterator<std::string>(text), {}};
  words.insert(words.end(), {"-c", source.string(), "-o", object.string()});
  const auto used = run(words, folder.path / "log");
  const auto seconds = [](timeval t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
  return {seconds(used.ru_utime) + seconds(used.ru_stime), static_cast<double>(used.ru_maxrss) / 1024, code_bytes(object)};
}

std::string version(const std::string& compiler) {
  const auto text = output("'" + compiler + "' --version");
  return text.substr(0, text.find('\n'));
}

} // namespace bench
