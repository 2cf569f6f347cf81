#include "peer/blas_core.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <dlfcn.h>
#include <unistd.h>

namespace bench {
namespace {

enum instructions {
  sse2,
  sse4,
  avx,
  avx2,
  avx512,
};

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
constexpr auto built_for = avx512;
#elif defined(__AVX2__) && defined(__FMA__)
constexpr auto built_for = avx2;
#elif defined(__AVX__)
constexpr auto built_for = avx;
#elif defined(__SSE4_2__)
constexpr auto built_for = sse4;
#else
constexpr auto built_for = sse2; // or no x86: nothing to choose
#endif

/// The core type of OpenBLAS that has each, of Intel's, which AMD's processors run as well.
constexpr std::array warranted{"Prescott", "Nehalem", "Sandybridge", "Haswell", "SkylakeX"};

/// What the kernels of a core use. A name that is not here is of a later release, which knows today's processors, or of
/// another architecture: taken as it comes.
instructions of_core(std::string name) {
  struct core {
    std::string_view name;
    instructions uses;
  };
  static constexpr std::array known{core{"prescott", sse2}, core{"core2", sse2}, core{"penryn", sse2},
                                    core{"dunnington", sse2}, core{"atom", sse2}, core{"nano", sse2},
                                    core{"opteron", sse2}, core{"opteron_sse3", sse2}, core{"barcelona", sse2},
                                    core{"bobcat", sse2}, core{"nehalem", sse4}, core{"sandybridge", avx},
                                    core{"bulldozer", avx}, core{"piledriver", avx}, core{"steamroller", avx},
                                    core{"excavator", avx}, core{"haswell", avx2}, core{"zen", avx2}};
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto* const found = std::ranges::find(known, name, &core::name);
  return found == known.end() ? avx512 : found->uses;
}

/// Empty where no OpenBLAS is loaded. Asked of the loader: dlib or libtorch may have brought it, without the peer.
std::string running_core() {
  using name_function = char*();
  auto* const found = reinterpret_cast<name_function*>(dlsym(RTLD_DEFAULT, "openblas_get_corename"));
  return found ? found() : "";
}

constexpr const char* type = "OPENBLAS_CORETYPE";
constexpr const char* before = "INLAY_BENCH_BLAS_BEFORE"; // what it ran in the program that started this one

} // namespace

blas_core choose_blas_core(char** arguments) {
  const auto running = running_core();
  if (running.empty())
    return {};
  const char* const wanted = std::getenv(type);
  if (const char* const less = std::getenv(before)) {
    const std::string found = less;
    return {running, of_core(running) < built_for
                         ? "less than this build's instruction set warrants: this OpenBLAS has no other"
                         : "as this build's instruction set warrants; " + found};
  }
  if (of_core(running) >= built_for)
    return {running, wanted ? std::string("with ") + type + '=' + wanted + " in the environment" : "its own choice"};

  const auto found =
      wanted ? std::string(type) + '=' + wanted + " in the environment is less" : "by itself it ran " + running;
  setenv(before, found.c_str(), 1);
  setenv(type, warranted[built_for], 1);
  execv("/proc/self/exe", arguments);
  return {running,
          std::string("less than this build's instruction set warrants: cannot start again, ") + std::strerror(errno)};
}

} // namespace bench
