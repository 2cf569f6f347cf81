#pragma once

#include "inlay/derivatives/recorded_sample.hpp"

#include <array>

namespace inlay {

/// What jacobian() gives: f(x), and jacobian[o][i] = ∂y_o/∂x_i.
template <class Net>
struct jacobian_result {
  typename Net::output_type value;
  std::array<typename Net::input_type, Net::outputs> jacobian;
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

template <class Net>
constexpr void write_jacobian(const Net& net, const typename Net::scalar* x, std::span<typename Net::scalar, Net::outputs> y, auto row) noexcept {
  using T = typename Net::scalar;
  with_recorded_sample(net, [&](auto& sample) {
    sample.record(x, y);
    for (std::size_t k = 0; k < Net::outputs; ++k) sample.pull([k](std::size_t o) { return o == k ? T(1) : T(0); }, row(k));
  });
}

} // namespace detail

/// The Jacobian of net(x), torch.func.jacrev: one recorded pass forward, and one back for each output. Of a sequence all outputs of all
/// steps by all inputs. Takes as much of the stack as input_gradient(), besides the result.
/// `auto [y, J] = inlay::jacobian(net, x);`
template <class Net>
constexpr jacobian_result<Net> jacobian(const Net& net, std::span<const typename Net::scalar, Net::inputs> x) noexcept {
  jacobian_result<Net> result{};
  detail::write_jacobian(net, x.data(), result.value, [&](std::size_t o) { return std::span(result.jacobian[o]); });
  return result;
}

/// The same into memory of the caller's, J row-major [outputs][inputs]. x, y and J are apart.
template <class Net>
constexpr void jacobian(const Net& net, std::span<const typename Net::scalar, Net::inputs> x, std::span<typename Net::scalar, Net::outputs> y,
                        std::span<typename Net::scalar, Net::outputs * Net::inputs> J) noexcept {
  detail::write_jacobian(net, x.data(), y, [&](std::size_t o) {
    return std::span<typename Net::scalar, Net::inputs>(J.data() + o * Net::inputs, Net::inputs);
  });
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class X>
  requires(!detail::numbers<X, const typename Net::scalar, Net::inputs>)
decltype(detail::say(detail::refused_input<X, Net>{})) jacobian(const Net&, X&&);
template <class Net, class X, class Y, class J>
  requires(!(detail::numbers<X, const typename Net::scalar, Net::inputs> && detail::numbers<Y, typename Net::scalar, Net::outputs> &&
             detail::numbers<J, typename Net::scalar, Net::outputs * Net::inputs>))
decltype(detail::say(detail::refused_jacobian<X, Y, J, Net>{})) jacobian(const Net&, X&&, Y&&, J&&);

} // namespace inlay
