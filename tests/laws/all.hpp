// All laws at once, for a net.
#pragma once

#include "laws/constant_evaluation.hpp"
#include "laws/gradient.hpp"
#include "laws/inference.hpp"
#include "laws/parameters.hpp"
#include "laws/sanitized.hpp"

namespace laws {

#ifdef INLAY_TEST_ALL
inline constexpr bool longer_form = true;
#else
inline constexpr bool longer_form = false;
#endif
/// Under the sanitizers nets of double are left to the longer form, as memory is handled alike in both scalars.
inline constexpr bool only_float = sanitized && !longer_form;

template <class Net>
finding broken() {
  if constexpr (only_float && !std::is_same_v<typename Net::scalar, float>) {
    return {};
  } else {
    const auto net = std::make_unique<Net>();
    make(*net, 1);
    return parameters_round_trip<Net>() + batch_is_map(*net) + gradient_agrees(*net) + batch_gradient_is_mean(*net) +
           gradient_padding_is_zero(*net);
  }
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
