#pragma once

#include "inlay/refusal/require.hpp"

#include <concepts>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Ends with words for options that torch.optim's constructors refuse, those that no number of a net survives. An optimizer
/// of one's own is asked for what it names as these do.
constexpr void require_options(const auto& optimizer, const char* function) noexcept {
  if constexpr (requires { optimizer.options; }) {
    const auto& of = optimizer.options;
    const auto check = [&](std::floating_point auto value, bool good, const char* wanted) {
      if (!good) [[unlikely]]
        refuse(function, wanted, static_cast<double>(value));
    };
    if constexpr (requires { check(of.learning_rate, true, ""); })
      check(of.learning_rate, of.learning_rate >= 0, "a learning_rate of at least 0");
    if constexpr (requires { check(of.epsilon, true, ""); }) check(of.epsilon, of.epsilon >= 0, "an epsilon of at least 0");
    if constexpr (requires { check(of.weight_decay, true, ""); })
      check(of.weight_decay, of.weight_decay >= 0, "a weight_decay of at least 0");
    if constexpr (requires { check(of.momentum, true, ""); }) check(of.momentum, of.momentum >= 0, "a momentum of at least 0");
    if constexpr (requires { check(of.alpha, true, ""); }) check(of.alpha, of.alpha >= 0, "an alpha of at least 0");
    if constexpr (requires { check(of.beta1, true, ""); })
      check(of.beta1, of.beta1 >= 0 && of.beta1 < 1, "a beta1 from 0 to below 1");
    if constexpr (requires { check(of.beta2, true, ""); })
      check(of.beta2, of.beta2 >= 0 && of.beta2 < 1, "a beta2 from 0 to below 1");
    if constexpr (requires { check(of.momentum, of.nesterov, ""), check(of.dampening, true, ""); }) {
      check(of.momentum, !of.nesterov || of.momentum > 0, "with nesterov a momentum above 0");
      check(of.dampening, !of.nesterov || !(of.dampening > 0 || of.dampening < 0), "with nesterov a dampening of 0");
    }
  }
}

} // namespace inlay::detail
