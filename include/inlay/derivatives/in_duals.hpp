#pragma once

#include "inlay/math/dual.hpp"
#include "inlay/network.hpp"
#include "inlay/stack.hpp"
#include "inlay/with_scalar.hpp"

#include <cstddef>
#include <utility>

/// A net of dual numbers: what is computed with it carries its derivative along one direction, of the inputs or the parameters, through
/// every layer there is, forward and back. Its kernels are the reference, so it is what serves where a layer has no verb for a
/// derivative.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

template <class Net>
using in_duals = with_scalar_t<Net, math::dual<typename Net::scalar>>;

/// The net in duals, θ + v ε; without a direction v, θ alone.
template <class Net>
constexpr void put_in_duals(const Net& net, const Net* direction, in_duals<Net>& to) noexcept {
  using T = typename Net::scalar;
  for_each_parameter_of_both<Net, in_duals<Net>>([&](std::size_t at, std::size_t place) {
    to.theta()[place] = {net.theta()[at], direction == nullptr ? T(0) : direction->theta()[at]};
  });
  // What is measured is not trained: no direction has a part of it.
  for_each_statistic_of_both<Net, in_duals<Net>>([&](std::size_t at, std::size_t place) { to.theta()[place] = net.theta()[at]; });
}

/// Bytes of the stack that a pass forward and back of `nets` nets in duals takes, in one of them.
template <class Net>
constexpr std::size_t stack_of_duals(std::size_t nets) noexcept {
  return nets * sizeof(in_duals<Net>) + stack_of<call::training, in_duals<Net>>(1);
}
/// f(the net in duals), which is on the stack.
template <class Net, class F>
constexpr void with_duals(const Net& net, F f) noexcept {
  const kernel::denormals_are_zero guard;
  with_memory<in_duals<Net>>([&](auto& duals) {
    duals = {};
    put_in_duals<Net>(net, nullptr, duals);
    f(std::as_const(duals));
    return true;
  });
}

} // namespace inlay::detail
