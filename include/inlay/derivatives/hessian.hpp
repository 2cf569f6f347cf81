#pragma once

#include "inlay/derivatives/in_duals.hpp"
#include "inlay/derivatives/recorded_sample.hpp"
#include "inlay/refusal/derivative.hpp"
#include "inlay/refusal/require.hpp"

#include <array>
#include <span>

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

template <class Net>
constexpr void write_hessian_in_duals(const Net& net, const typename Net::scalar* x, std::span<const typename Net::scalar, Net::outputs> u,
                                      std::span<typename Net::scalar, Net::outputs> y, std::span<typename Net::scalar, Net::inputs> g,
                                      auto row) noexcept {
  using duals_t = in_duals<Net>;
  with_duals(net, [&](const auto& duals) {
    with_recorded_sample<duals_t>(duals.theta(), [&](auto& sample) {
      typename duals_t::input_type in{}, gradient{};
      typename duals_t::output_type value{};
      for (std::size_t i = 0; i < Net::inputs; ++i) in[i] = x[i];
      for (std::size_t k = 0; k < Net::inputs; ++k) {
        in[k].tangent = 1;
        sample.record(in.data(), value, pass{});
        sample.pull([&](std::size_t o) -> typename duals_t::scalar { return u[o]; }, gradient);
        in[k].tangent = 0;
        const auto to = row(k);
        for (std::size_t i = 0; i < Net::inputs; ++i) to[i] = gradient[i].tangent;
      }
      for (std::size_t o = 0; o < Net::outputs; ++o) y[o] = value[o].value;
      for (std::size_t i = 0; i < Net::inputs; ++i) g[i] = gradient[i].value;
    });
  });
}

template <class Net>
constexpr std::size_t stack_of_hessian() noexcept {
  using T = typename Net::scalar;
  if constexpr (all_bend<typename Net::topology>())
    return stack_of_directions<Net>(Net::inputs, 1) + Net::inputs * padded<T>(Net::inputs) * sizeof(T);
  else return stack_of_duals<Net>(1);
}

/// row(k) is where ∂g/∂x_k goes, the k-th row, as the Hessian is symmetric.
template <class Net>
constexpr void write_hessian(const Net& net, const typename Net::scalar* x, std::span<const typename Net::scalar, Net::outputs> u,
                             std::span<typename Net::scalar, Net::outputs> y, std::span<typename Net::scalar, Net::inputs> g, auto row) noexcept {
  if constexpr (all_bend<typename Net::topology>())
    with_recorded_sample<Net>(net.theta(), [&](auto& sample) {
      typename Net::output_type value{}; // what the caller gave may be the same memory
      typename Net::input_type gradient{};
      sample.record(x, value, pass{});
      sample.pull([&](std::size_t o) { return u[o]; }, gradient);
      sample.curve(x, row);
      for (std::size_t o = 0; o < Net::outputs; ++o) y[o] = value[o];
      for (std::size_t i = 0; i < Net::inputs; ++i) g[i] = gradient[i];
    });
  else write_hessian_in_duals(net, x, u, y, g, row);
}

} // namespace detail

/// The Hessian of uᵀ net(x), torch.func.hessian of it: one pass forward and one back, and one forward for each input, where all that
/// bends in the net are σ of single numbers; else forward over reverse in dual numbers, which takes much longer. H is row-major
/// [inputs][inputs] and symmetric; g = Jᵀ u. Takes up to stack_budget<net_t> of the stack, and does not compile where that is too
/// little. H is apart from x and u.
template <class Net>
  requires detail::fits_stack<Net, detail::stack_of_hessian<Net>()>
constexpr void hessian(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                       std::span<const typename Net::scalar, Net::outputs> u, std::span<typename Net::scalar, Net::outputs> y,
                       std::span<typename Net::scalar, Net::inputs> g, std::span<typename Net::scalar, Net::inputs * Net::inputs> H) noexcept {
  detail::write_hessian(net, x.data(), u, y, g, [&](std::size_t k) {
    return std::span<typename Net::scalar, Net::inputs>(H.data() + k * Net::inputs, Net::inputs);
  });
}

/// H may be of rows: std::array<net_t::input_type, net_t::inputs>, or T[inputs][inputs].
template <class Net, class H>
  requires(detail::matrix_in_rows<H, typename Net::scalar, Net::inputs, Net::inputs> && detail::fits_stack<Net, detail::stack_of_hessian<Net>()>)
constexpr void hessian(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                       std::span<const typename Net::scalar, Net::outputs> u, std::span<typename Net::scalar, Net::outputs> y,
                       std::span<typename Net::scalar, Net::inputs> g, H& rows) noexcept {
  detail::write_hessian(net, x.data(), u, y, g, detail::rows_of_matrix<Net::inputs>(rows));
}

/// `auto [y, g, H] = inlay::hessian(net, x, u);`
template <class Net>
  requires detail::fits_stack<Net, detail::stack_of_hessian<Net>()>
constexpr hessian_result<Net> hessian(const Net& net, std::span<const typename Net::scalar, Net::inputs> x,
                                      std::span<const typename Net::scalar, Net::outputs> u) noexcept {
  hessian_result<Net> result{};
  detail::write_hessian(net, x.data(), u, result.value, result.gradient, [&](std::size_t k) { return std::span(result.hessian[k]); });
  return result;
}

/// Of a batch, sample by sample.
template <class Net>
  requires detail::fits_stack<Net, detail::stack_of_hessian<Net>()>
constexpr void hessian(const Net& net, std::span<const typename Net::input_type> xs, std::span<const typename Net::output_type> us,
                       std::span<typename Net::output_type> ys, std::span<typename Net::input_type> gs,
                       std::span<std::array<typename Net::scalar, Net::inputs * Net::inputs>> Hs) noexcept {
  detail::require_alike("hessian", xs.size(), us.size(), ys.size(), gs.size(), Hs.size());
  for (std::size_t s = 0; s < xs.size(); ++s) hessian(net, xs[s], us[s], ys[s], gs[s], Hs[s]);
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class... A>
  requires((!detail::forms_of_hessian<Net>::template fits<A...> &&
            !(sizeof...(A) == 5 && detail::matrix_in_rows<std::remove_cvref_t<detail::argument_at<4, A...>>, typename Net::scalar, Net::inputs, Net::inputs>)) ||
           !detail::fits_stack<Net, detail::stack_of_hessian<Net>()>)
decltype(detail::say(detail::within_stack<Net, detail::stack_of_hessian<Net>(), detail::refused_derivative<detail::forms_of_hessian<Net>, A...>>{}))
hessian(const Net&, A&&...);

} // namespace inlay
