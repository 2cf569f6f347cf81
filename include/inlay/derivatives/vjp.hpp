#pragma once

#include "inlay/derivatives/recorded_sample.hpp"
#include "inlay/refusal/derivative.hpp"
#include "inlay/refusal/require.hpp"

#include <span>

namespace inlay {

/// What vjp() gives: f(x), and Jᵀ dy.
template <class Net>
struct vjp_result {
  typename Net::output_type value;
  typename Net::input_type gradient;
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// The vector-Jacobian product of net(x), torch.func.vjp: J[o][i] = ∂y_o/∂x_i, and dx[i] = Σ_o dy[o] J[o][i]. One pass forward and
/// one back; x and dy as the net takes and gives them, of a sequence all steps. Takes as much of the stack as input_gradient(). x, dy, y
/// and dx are apart.
template <class Net>
constexpr void vjp(const Net& net, std::span<const typename Net::scalar, Net::inputs> x, std::span<const typename Net::scalar, Net::outputs> dy,
                   std::span<typename Net::scalar, Net::outputs> y, std::span<typename Net::scalar, Net::inputs> dx) noexcept {
  detail::with_recorded_sample<Net>(net.theta(), [&](auto& sample) {
    sample.record(x.data(), y, pass{});
    sample.pull([&](std::size_t o) { return dy[o]; }, dx);
  });
}

/// `auto [y, dx] = inlay::vjp(net, x, dy);`
template <class Net>
constexpr vjp_result<Net> vjp(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                              std::span<const typename Net::scalar, Net::outputs> dy) noexcept {
  vjp_result<Net> result{};
  vjp(net, x, dy, result.value, result.gradient);
  return result;
}

/// Of a batch, sample by sample.
template <class Net>
constexpr void vjp(const Net& net, std::span<const typename Net::input_type> xs, std::span<const typename Net::output_type> dys,
                   std::span<typename Net::output_type> ys, std::span<typename Net::input_type> dxs) noexcept {
  detail::require_alike("vjp", xs.size(), dys.size(), ys.size(), dxs.size());
  for (std::size_t s = 0; s < xs.size(); ++s) vjp(net, xs[s], dys[s], ys[s], dxs[s]);
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class... A>
  requires(!detail::forms_of_vjp<Net>::template fits<A...>)
decltype(detail::say(detail::refused_derivative<detail::forms_of_vjp<Net>, A...>{})) vjp(const Net&, A&&...);

} // namespace inlay
