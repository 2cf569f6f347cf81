#pragma once

#include "inlay/derivatives/in_duals.hpp"
#include "inlay/derivatives/recorded_sample.hpp"
#include "inlay/refusal/derivative.hpp"
#include "inlay/refusal/require.hpp"

#include <span>

namespace inlay {

/// What jvp() gives: f(x), and J dx.
template <class Net>
struct jvp_result {
  typename Net::output_type value, tangent;
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

template <class Net>
constexpr std::size_t stack_of_jvp() noexcept {
  if constexpr (all_carry_tangents<typename Net::topology>()) return 0; // no more than input_gradient
  else return stack_of_duals<Net>(1);
}

} // namespace detail

/// The Jacobian-vector product of net(x), torch.func.jvp: J[o][i] = ∂y_o/∂x_i, and dy[o] = Σ_i J[o][i] dx[i]: how the outputs change
/// where the inputs change along dx. x and dx as the net takes them, of a sequence all steps. One recorded pass and one along dx, where all layers
/// carry tangents (tangent.hpp); else one pass in dual numbers, which takes much longer and up to stack_budget<net_t> of the stack. x,
/// dx, y and dy are apart.
template <class Net>
  requires detail::fits_stack<Net, detail::stack_of_jvp<Net>()>
constexpr void jvp(const Net& net, std::span<const typename Net::scalar, Net::inputs> x, std::span<const typename Net::scalar, Net::inputs> dx,
                   std::span<typename Net::scalar, Net::outputs> y, std::span<typename Net::scalar, Net::outputs> dy) noexcept {
  if constexpr (detail::all_carry_tangents<typename Net::topology>())
    detail::with_recorded_sample<Net>(net.theta(), [&](auto& sample) {
      sample.record(x.data(), y, pass{});
      sample.push(x.data(), dx.data(), dy);
    });
  else
    detail::with_duals(net, [&](const auto& duals) {
      typename detail::in_duals<Net>::input_type in{};
      for (std::size_t i = 0; i < Net::inputs; ++i) in[i] = {x[i], dx[i]};
      const auto out = duals(in);
      for (std::size_t o = 0; o < Net::outputs; ++o) y[o] = out[o].value, dy[o] = out[o].tangent;
    });
}

/// `auto [y, dy] = inlay::jvp(net, x, dx);`
template <class Net>
  requires detail::fits_stack<Net, detail::stack_of_jvp<Net>()>
constexpr jvp_result<Net> jvp(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                              std::span<const typename Net::scalar, Net::inputs> dx) noexcept {
  jvp_result<Net> result{};
  jvp(net, x, dx, result.value, result.tangent);
  return result;
}

/// Of a batch, sample by sample.
template <class Net>
  requires detail::fits_stack<Net, detail::stack_of_jvp<Net>()>
constexpr void jvp(const Net& net, std::span<const typename Net::input_type> xs, std::span<const typename Net::input_type> dxs,
                   std::span<typename Net::output_type> ys, std::span<typename Net::output_type> dys) noexcept {
  detail::require_alike("jvp", xs.size(), dxs.size(), ys.size(), dys.size());
  for (std::size_t s = 0; s < xs.size(); ++s) jvp(net, xs[s], dxs[s], ys[s], dys[s]);
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class... A>
  requires(!detail::forms_of_jvp<Net>::template fits<A...> || !detail::fits_stack<Net, detail::stack_of_jvp<Net>()>)
decltype(detail::say(detail::within_stack<Net, detail::stack_of_jvp<Net>(), detail::refused_derivative<detail::forms_of_jvp<Net>, A...>>{}))
jvp(const Net&, A&&...);

} // namespace inlay
