#pragma once

#include "inlay/derivatives/in_duals.hpp"
#include "inlay/derivatives/recorded_sample.hpp"

#include <array>

namespace inlay {

/// What hessian() gives: f(x), g = Jᵀ u, and hessian[i][k] = Σ_o u_o ∂²f_o/∂x_i∂x_k.
template <class Net>
struct hessian_result {
  typename Net::output_type value;
  typename Net::input_type gradient;
  std::array<typename Net::input_type, Net::inputs> hessian;
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// row(k) is where ∂g/∂x_k goes, the k-th row, as the Hessian is symmetric.
template <class Net>
constexpr void write_hessian(const Net& net, const typename Net::scalar* x, std::span<const typename Net::scalar, Net::outputs> u,
                             std::span<typename Net::scalar, Net::outputs> y, std::span<typename Net::scalar, Net::inputs> g, auto row) noexcept {
  using duals_t = in_duals<Net>;
  duals_t duals{};
  put_in_duals<Net>(net, nullptr, duals);
  with_recorded_sample(duals, [&](auto& sample) {
    typename duals_t::input_type in{}, gradient{};
    typename duals_t::output_type value{};
    for (std::size_t i = 0; i < Net::inputs; ++i) in[i] = x[i];
    for (std::size_t k = 0; k < Net::inputs; ++k) {
      in[k].tangent = 1;
      sample.record(in.data(), value);
      sample.pull([&](std::size_t o) -> typename duals_t::scalar { return u[o]; }, gradient);
      in[k].tangent = 0;
      const auto to = row(k);
      for (std::size_t i = 0; i < Net::inputs; ++i) to[i] = gradient[i].tangent;
    }
    for (std::size_t o = 0; o < Net::outputs; ++o) y[o] = value[o].value;
    for (std::size_t i = 0; i < Net::inputs; ++i) g[i] = gradient[i].value;
  });
}

} // namespace detail

/// The Hessian of uᵀ net(x), forward over reverse, torch.func.hessian of it: one pass forward and one back for each input.
/// `auto [y, g, H] = inlay::hessian(net, x, u);`
template <class Net>
constexpr hessian_result<Net> hessian(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                                      std::span<const typename Net::scalar, Net::outputs> u) noexcept {
  hessian_result<Net> result{};
  detail::write_hessian(net, x.data(), u, result.value, result.gradient, [&](std::size_t k) { return std::span(result.hessian[k]); });
  return result;
}

/// The same into memory of the caller's, H row-major [inputs][inputs]. x, u, y, g and H are apart.
template <class Net>
constexpr void hessian(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                       std::span<const typename Net::scalar, Net::outputs> u, std::span<typename Net::scalar, Net::outputs> y,
                       std::span<typename Net::scalar, Net::inputs> g, std::span<typename Net::scalar, Net::inputs * Net::inputs> H) noexcept {
  detail::write_hessian(net, x.data(), u, y, g, [&](std::size_t k) {
    return std::span<typename Net::scalar, Net::inputs>(H.data() + k * Net::inputs, Net::inputs);
  });
}

} // namespace inlay
