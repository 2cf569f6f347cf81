#pragma once

#include "inlay/derivatives/in_duals.hpp"
#include "inlay/refusal/derivative.hpp"
#include "inlay/state_numbers.hpp"
#include "inlay/stream.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// What linearize() gives, in the words of control: y, s′ and their derivatives, s′ ≈ A ds + B dx and y ≈ C ds + D dx beside them. The numbers of a
/// state s are those of get_state().
template <detail::tells_state_in_numbers Net>
struct linearization {
  using T = typename Net::scalar;
  static constexpr std::size_t states = state_size<Net>, inputs = stream<Net>::inputs, outputs = stream<Net>::outputs;
  typename stream<Net>::output_type value;
  std::array<T, states> state;
  std::array<std::array<T, states>, states> A;  ///< A[k][j] = ∂s′_k/∂s_j
  std::array<std::array<T, inputs>, states> B;  ///< B[k][i] = ∂s′_k/∂x_i
  std::array<std::array<T, states>, outputs> C; ///< C[o][j] = ∂y_o/∂s_j
  std::array<std::array<T, inputs>, outputs> D; ///< D[o][i] = ∂y_o/∂x_i, as jacobian(net, stream, x) gives it
};

namespace detail {

template <class Net>
constexpr std::size_t stack_of_linearize() noexcept {
  if constexpr (!causal<Net> || !tells_state_in_numbers<Net>) return 0; // said elsewhere
  else return stack_of_duals<Net>(1) + sizeof(stream<in_duals<Net>>) + sizeof(linearization<Net>);
}

} // namespace detail

/// A step of a stream, and how its output and what is remembered after it depend on what was remembered before and on the input: what
/// an extended Kalman filter or a controller wants of a net that remembers. The stream goes one step on. In dual numbers, a step
/// for each number of the state and of the input; of the stack up to stack_budget<net_t>, else it does not compile.
/// `const auto [y, next, A, B, C, D] = inlay::linearize(net, stream, x);`
template <class Net>
  requires(detail::tells_state_in_numbers<Net> && detail::fits_stack<Net, detail::stack_of_linearize<Net>()>)
constexpr linearization<Net> linearize(const Net& net, stream<std::type_identity_t<Net>>& stream,
                                       std::span<const typename Net::scalar, std::tuple_size_v<typename Net::step_input_type>> x) noexcept {
  using result_type = linearization<Net>;
  using duals_net = detail::in_duals<Net>;
  using number = typename duals_net::scalar;
  result_type result{};
  const auto before = get_state(stream);
  detail::with_duals(net, [&](const auto& duals) {
    // A step along number k of the state, or number i of the input: write(y, s′).
    const auto step_along = [&](std::size_t k, std::size_t i, auto write) {
      std::array<number, result_type::states> s{};
      std::array<number, result_type::inputs> in{};
      for (std::size_t n = 0; n < s.size(); ++n) s[n].value = before[n];
      for (std::size_t n = 0; n < in.size(); ++n) in[n].value = x[n];
      if (k < s.size()) s[k].tangent = 1;
      else in[i].tangent = 1;
      inlay::stream<duals_net> going{};
      set_state(going, std::span<const number, result_type::states>(s));
      const auto out = going(duals, in);
      write(out, get_state(going));
    };
    const auto put = [](auto& matrix, std::size_t column, const auto& numbers) {
      for (std::size_t n = 0; n < numbers.size(); ++n) matrix[n][column] = numbers[n].tangent;
    };
    for (std::size_t k = 0; k != before.size(); ++k) step_along(k, 0, [&](const auto& y, const auto& s) { put(result.C, k, y), put(result.A, k, s); });
    for (std::size_t i = 0; i != x.size(); ++i) step_along(before.size(), i, [&](const auto& y, const auto& s) { put(result.D, i, y), put(result.B, i, s); });
  });
  stream(net, x, result.value);
  result.state = get_state(stream);
  return result;
}

// What is refused: declared, never defined; the return type is the error.
template <class Net>
  requires(!detail::fits_stack<Net, detail::stack_of_linearize<Net>()>)
typename refused::derivative::wants_stack_budget<detail::stack_of_linearize<Net>()>::template but_has<stack_budget<Net>>
linearize(const Net&, stream<std::type_identity_t<Net>>&, std::span<const typename Net::scalar, std::tuple_size_v<typename Net::step_input_type>>);

template <class Net>
  requires(!detail::tells_state_in_numbers<Net>)
decltype(detail::say(detail::first_untold<typename Net::topology>()))
linearize(const Net&, stream<std::type_identity_t<Net>>&, std::span<const typename Net::scalar, std::tuple_size_v<typename Net::step_input_type>>);

} // namespace inlay
