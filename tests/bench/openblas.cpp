// In the place of OpenBLAS: chooses its core before main, as that does, and takes every processor for an old one. With
// ONE_CORE in the environment it was built for a single core and has no choice.
#include <cstdlib>

namespace {
const char* const core = [] {
  const char* const wanted = std::getenv("OPENBLAS_CORETYPE");
  return wanted && !std::getenv("ONE_CORE") ? wanted : "Prescott";
}();
} // namespace

extern "C" const char* openblas_get_corename() { return core; }
