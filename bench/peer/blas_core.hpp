#pragma once

#include <string>

namespace bench {

/// Which of OpenBLAS's kernels run, for every library of this program that multiplies with it, and why these.
struct blas_core {
  std::string name; ///< "SkylakeX"; empty where no OpenBLAS is loaded
  std::string why;  ///< "as this build's instruction set warrants; by itself it ran Prescott"
};

/// To be called first in main, with its arguments. OpenBLAS chooses by the model of the processor, before main, and an
/// old release takes a new processor for one without AVX. Where it chose less than this build's instruction set, the
/// program is started once more with OPENBLAS_CORETYPE set to the core type that has it. A type that the user has set
/// counts unless it is less than that, too.
blas_core choose_blas_core(char** arguments);

} // namespace bench
