// The core that runs, the one that this build warrants, why, and that the arguments are still there.
#include "peer/blas_core.hpp"

#include <cstdio>

#if defined(__AVX512VL__)
#define LEAST "SkylakeX"
#elif defined(__AVX2__)
#define LEAST "Haswell"
#elif defined(__AVX__)
#define LEAST "Sandybridge"
#elif defined(__SSE4_2__)
#define LEAST "Nehalem"
#else
#define LEAST "Prescott"
#endif

int main(int argc, char** argv) {
  const auto core = bench::choose_blas_core(argv);
  std::printf("%s|%s|%s|%d %s\n", core.name.c_str(), LEAST, core.why.c_str(), argc, argv[argc - 1]);
}
