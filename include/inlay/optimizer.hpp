#pragma once

#include "inlay/chain/update.hpp"
#include "inlay/kernel.hpp"
#include "inlay/layer_storage.hpp"
#include "inlay/network.hpp"

#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {

// The defaults of options are written as quotients, exactly rounded too: g++ 12 does not fold float(0.9) as a member's
// default, and then takes no arithmetic with it for a constant expression.

/// A running quantity per parameter (a momentum, a mean of squares), laid out as the net's parameters are. Of `adam<net_t&>`
/// and the like the caller's, nets that begin as zero, given after the options: without heap or flash for numbers that are
/// zero, where one option that is not puts all of a static `adam<net_t>` into .data.
///
///     static net_t net, mean, mean_square;                                                // .bss
///     static inlay::adam<net_t&> optimizer{{.learning_rate = 1e-3f}, mean, mean_square};  // .data, 64 bytes
template <class Net>
using moments = Net;

namespace detail {
/// The net that an optimizer<Net> is for, whosever its moments are.
template <class Net>
using net_of = std::remove_reference_t<Net>;

/// A gradient that is not in memory: called with a `use(trace, ∇z)`, it sweeps through the net and hands over what the
/// gradient is made of.
template <class Sweep>
struct swept {
  Sweep sweep;
};

/// A gradient in memory, of which some layers count for nothing.
template <class Net>
struct partly_frozen {
  const Net& grad;
  const layer_indices& frozen;
};

/// A gradient in memory whose numbers are shared out: in_slices(f) calls f(at, n) for each of its slices, of threads each its own.
template <class Net, class InSlices>
struct sliced_gradient {
  const Net& grad;
  InSlices in_slices;
};

/// rule(w, g, states...) for every parameter, in one pass. Denormal moments are flushed.
template <class Net, class Rule, class... State>
constexpr void update(const Rule& rule, Net& net, const Net& grad, State&... states) noexcept {
  const kernel::denormals_are_zero guard;
  update_range<typename Net::topology>(rule, 0, Net::topology::storage, net.theta().data(), grad.theta().data(), states.theta().data()...);
}
template <class Net, class Rule, class Sweep, class... State>
constexpr void update(const Rule& rule, Net& net, const swept<Sweep>& grad, State&... states) noexcept {
  grad.sweep([&](const auto& trace, const auto& grad_z) {
    update_layers<typename Net::topology>(rule, trace, grad_z, net.theta(), states.theta()...);
  });
}
template <class Net, class Rule, class... State>
constexpr void update(const Rule& rule, Net& net, const partly_frozen<Net>& from, State&... states) noexcept {
  const kernel::denormals_are_zero guard;
  for_each_unfrozen<typename Net::topology>(from.frozen, [&](std::size_t at, std::size_t n) {
    update_range<typename Net::topology>(rule, at, n, net.theta().data(), from.grad.theta().data(), states.theta().data()...);
  });
}
template <class Net, class Rule, class InSlices, class... State>
void update(const Rule& rule, Net& net, const sliced_gradient<Net, InSlices>& from, State&... states) noexcept {
  from.in_slices([&](std::size_t at, std::size_t n) {
    const kernel::denormals_are_zero guard;
    const auto apply = [&](const Rule& own) {
      update_range<typename Net::topology>(own, at, n, net.theta().data(), from.grad.theta().data(), states.theta().data()...);
    };
    if constexpr (requires { rule.now_negated; }) { // each thread its own
      bool negated = false;
      Rule own = rule;
      own.now_negated = &negated;
      apply(own);
      if (negated) __atomic_store_n(rule.now_negated, true, __ATOMIC_RELAXED);
    } else apply(rule);
  });
}
} // namespace detail

} // namespace inlay
