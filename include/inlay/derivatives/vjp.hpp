#pragma once

#include "inlay/derivatives/recorded_sample.hpp"

namespace inlay {

/// What vjp() gives: f(x), and Jᵀ dy.
template <class Net>
struct vjp_result {
  typename Net::output_type value;
  typename Net::input_type gradient;
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// The vector-Jacobian product of net(x), torch.func.vjp: J[o][i] = ∂y_o/∂x_i, and gradient[i] = Σ_o dy[o] J[o][i]. One pass forward and
/// one back; x and dy as the net takes and gives them, of a sequence all steps. Takes as much of the stack as input_gradient().
/// `auto [y, dx] = inlay::vjp(net, x, dy);`
template <class Net>
constexpr vjp_result<Net> vjp(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                              std::span<const typename Net::scalar, Net::outputs> dy) noexcept {
  vjp_result<Net> result{};
  detail::with_recorded_sample(net, [&](auto& sample) {
    sample.record(x.data(), result.value);
    sample.pull([&](std::size_t o) { return dy[o]; }, result.gradient);
  });
  return result;
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class X, class Dy>
  requires(!(detail::numbers<X, const typename Net::scalar, Net::inputs> && detail::numbers<Dy, const typename Net::scalar, Net::outputs>))
decltype(detail::say(detail::refused_vjp<X, Dy, Net>{})) vjp(const Net&, X&&, Dy&&);

} // namespace inlay
