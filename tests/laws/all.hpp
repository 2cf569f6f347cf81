// All laws at once, for a net.
#pragma once

#include "laws/constant_evaluation.hpp"
#include "laws/gradient.hpp"
#include "laws/inference.hpp"
#include "laws/parameters.hpp"

namespace laws {

template <class Net>
finding broken() {
  const auto net = std::make_unique<Net>();
  make(*net, 1);
  return parameters_round_trip<Net>() + batch_is_map(*net) + gradient_agrees(*net) + batch_gradient_is_mean(*net) +
         gradient_padding_is_zero(*net);
}

/// Of a net small enough for constant evaluation, also those of constant evaluation.
template <class Net>
finding toy_broken() {
  if constexpr (inlay::kernel::simd::instruction::checked) { // no sanitizer sees what the compiler computes
    return broken<Net>();
  } else {
    static_assert(gradient_is_central_difference<Net>());
    return broken<Net>() + constant_evaluation_is_run_time<Net>();
  }
}

} // namespace laws
