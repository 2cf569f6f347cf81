#pragma once

#include "inlay/derivatives/in_duals.hpp"
#include "inlay/refusal/verdict.hpp"

namespace inlay {

/// What jvp() gives: f(x), and J dx.
template <class Net>
struct jvp_result {
  typename Net::output_type value, tangent;
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// The Jacobian-vector product of net(x), torch.func.jvp: J[o][i] = ∂y_o/∂x_i, and tangent[o] = Σ_i J[o][i] dx[i]: how the outputs change
/// where the inputs change along dx. x and dx as the net takes them, of a sequence all steps.
/// `auto [y, dy] = inlay::jvp(net, x, dx);`
template <class Net>
constexpr jvp_result<Net> jvp(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                              std::span<const typename Net::scalar, Net::inputs> dx) noexcept {
  const kernel::denormals_are_zero guard;
  detail::in_duals<Net> duals{};
  detail::put_in_duals<Net>(net, nullptr, duals);
  typename detail::in_duals<Net>::input_type in{};
  for (std::size_t i = 0; i < Net::inputs; ++i) in[i] = {x[i], dx[i]};
  const auto y = duals(in);
  jvp_result<Net> result{};
  for (std::size_t o = 0; o < Net::outputs; ++o) result.value[o] = y[o].value, result.tangent[o] = y[o].tangent;
  return result;
}

} // namespace inlay
