#pragma once

#include "inlay/derivatives/hessian.hpp"
#include "inlay/derivatives/jacobian.hpp"
#include "inlay/derivatives/jvp.hpp"
#include "inlay/derivatives/vjp.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

/// A net as an external function of CasADi (Andersson et al. 2019; its user guide, "C API"): what inlay_add_casadi compiles into a shared
/// library under the names that casadi.external() looks up. Vectors are columns, matrices column-major, all numbers double; no heap, and
/// any number of threads at a time. Where an argument is null it counts as zeros, where a result is null it is not wanted.
namespace inlay::inline INLAY_INSTRUCTION_SET::casadi {

using integer = long long; // casadi_int

namespace detail {

/// A matrix whose numbers are all there.
template <std::size_t Rows, std::size_t Columns>
inline constexpr integer all_of[] = {Rows, Columns, 1};
/// One whose numbers are all zero: no column has any.
template <std::size_t Rows, std::size_t Columns>
inline constexpr auto none_of = [] {
  std::array<integer, Columns + 3> sparsity{};
  sparsity[0] = Rows, sparsity[1] = Columns;
  return sparsity;
}();

template <std::size_t N, class T>
void read(const double* from, std::array<T, N>& to) noexcept {
  for (std::size_t i = 0; i < N; ++i) to[i] = from == nullptr ? T(0) : static_cast<T>(from[i]);
}
template <std::size_t N, class T>
void write(const std::array<T, N>& from, double* to) noexcept {
  if (to != nullptr)
    for (std::size_t i = 0; i < N; ++i) to[i] = static_cast<double>(from[i]);
}

} // namespace detail

struct argument {
  const char* name;
  const integer* sparsity;
};

/// f(x) -> y
template <class Net>
struct value {
  static constexpr argument inputs[] = {{"x", detail::all_of<Net::inputs, 1>}};
  static constexpr argument outputs[] = {{"y", detail::all_of<Net::outputs, 1>}};
  static void run(const Net& net, const double** arguments, double** results) noexcept {
    typename Net::input_type x;
    detail::read(arguments[0], x);
    detail::write(net(x), results[0]);
  }
};

/// fwd1_f(x, out_y, fwd_x) -> fwd_y
template <class Net>
struct forward {
  static constexpr argument inputs[] = {{"x", detail::all_of<Net::inputs, 1>}, {"out_y", detail::all_of<Net::outputs, 1>}, {"fwd_x", detail::all_of<Net::inputs, 1>}};
  static constexpr argument outputs[] = {{"fwd_y", detail::all_of<Net::outputs, 1>}};
  static void run(const Net& net, const double** arguments, double** results) noexcept {
    typename Net::input_type x, dx;
    detail::read(arguments[0], x), detail::read(arguments[2], dx);
    detail::write(jvp(net, x, dx).tangent, results[0]);
  }
};

/// adj1_f(x, out_y, adj_y) -> adj_x
template <class Net>
struct adjoint {
  static constexpr argument inputs[] = {{"x", detail::all_of<Net::inputs, 1>}, {"out_y", detail::all_of<Net::outputs, 1>}, {"adj_y", detail::all_of<Net::outputs, 1>}};
  static constexpr argument outputs[] = {{"adj_x", detail::all_of<Net::inputs, 1>}};
  static void run(const Net& net, const double** arguments, double** results) noexcept {
    typename Net::input_type x;
    typename Net::output_type dy;
    detail::read(arguments[0], x), detail::read(arguments[2], dy);
    detail::write(vjp(net, x, dy).gradient, results[0]);
  }
};

/// jac_f(x, out_y) -> jac_y_x
template <class Net>
struct jacobian_of {
  static constexpr argument inputs[] = {{"x", detail::all_of<Net::inputs, 1>}, {"out_y", detail::all_of<Net::outputs, 1>}};
  static constexpr argument outputs[] = {{"jac_y_x", detail::all_of<Net::outputs, Net::inputs>}};
  static void run(const Net& net, const double** arguments, double** results) noexcept {
    if (results[0] == nullptr) return;
    typename Net::input_type x;
    detail::read(arguments[0], x);
    const auto J = jacobian(net, x).jacobian;
    for (std::size_t i = 0; i < Net::inputs; ++i)
      for (std::size_t o = 0; o < Net::outputs; ++o) results[0][i * Net::outputs + o] = static_cast<double>(J[o][i]);
  }
};

/// jac_adj1_f(x, out_y, adj_y, out_adj_x) -> jac_adj_x_x, jac_adj_x_out_y, jac_adj_x_adj_y: of Jᵀ adj_y the Hessian by x, nothing, and Jᵀ.
template <class Net>
struct adjoint_jacobian {
  static constexpr argument inputs[] = {{"x", detail::all_of<Net::inputs, 1>},
                                        {"out_y", detail::all_of<Net::outputs, 1>},
                                        {"adj_y", detail::all_of<Net::outputs, 1>},
                                        {"out_adj_x", detail::all_of<Net::inputs, 1>}};
  static constexpr argument outputs[] = {{"jac_adj_x_x", detail::all_of<Net::inputs, Net::inputs>},
                                         {"jac_adj_x_out_y", detail::none_of<Net::inputs, Net::outputs>.data()},
                                         {"jac_adj_x_adj_y", detail::all_of<Net::inputs, Net::outputs>}};
  static void run(const Net& net, const double** arguments, double** results) noexcept {
    typename Net::input_type x;
    typename Net::output_type u;
    detail::read(arguments[0], x), detail::read(arguments[2], u);
    if (results[0] != nullptr) {
      const auto H = hessian(net, x, u).hessian;
      for (std::size_t i = 0; i < Net::inputs; ++i)
        for (std::size_t k = 0; k < Net::inputs; ++k) results[0][i * Net::inputs + k] = static_cast<double>(H[i][k]);
    }
    if (results[2] != nullptr) {
      const auto J = jacobian(net, x).jacobian;
      for (std::size_t o = 0; o < Net::outputs; ++o)
        for (std::size_t i = 0; i < Net::inputs; ++i) results[2][o * Net::inputs + i] = static_cast<double>(J[o][i]);
    }
  }
};

/// What a shared library has of each function, whatever the net's type.
struct function {
  void (*run)(const double** arguments, double** results);
  std::span<const argument> inputs, outputs;
};

/// Of a net that lives as long as the program: f, fwd1_f, adj1_f, jac_f, jac_adj1_f.
template <const auto& net>
constexpr std::array<function, 5> functions() noexcept {
  using net_t = std::remove_cvref_t<decltype(net)>;
  const auto of = []<class Kind>(Kind) -> function {
    return {[](const double** arguments, double** results) { Kind::run(net, arguments, results); }, Kind::inputs, Kind::outputs};
  };
  return {of(value<net_t>{}), of(forward<net_t>{}), of(adjoint<net_t>{}), of(jacobian_of<net_t>{}), of(adjoint_jacobian<net_t>{})};
}

} // namespace inlay::casadi
