#pragma once

#include "inlay/derivatives/step_in_duals.hpp"
#include "inlay/refusal/derivative.hpp"
#include "inlay/state_numbers.hpp"
#include "inlay/stream.hpp"

#include <array>
#include <concepts>
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
  if constexpr (stack_of_step_in_duals<Net>() == 0) return 0;
  else return stack_of_step_in_duals<Net>() + sizeof(linearization<Net>);
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
  linearization<Net> result{};
  detail::with_step_in_duals(net, stream, x.data(), [&](auto along) {
    const auto put = [](auto& matrix, std::size_t column, const auto& numbers) {
      for (std::size_t n = 0; n < numbers.size(); ++n) matrix[n][column] = numbers[n].tangent;
    };
    for (std::size_t j = 0; j != result.states; ++j) {
      const auto [y, next] = along(j);
      put(result.C, j, y), put(result.A, j, next);
    }
    for (std::size_t i = 0; i != result.inputs; ++i) {
      const auto [y, next] = along(result.states + i);
      put(result.D, i, y), put(result.B, i, next);
    }
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

template <class Net, class X>
  requires(!detail::numbers<X, const typename Net::scalar, std::tuple_size_v<typename Net::step_input_type>>)
decltype(detail::say(detail::refused_input<X, detail::step_of<Net>>{})) linearize(const Net&, stream<std::type_identity_t<Net>>&, X&&);

template <class Net, class... A>
  requires(sizeof...(A) != 2)
typename refused::derivative::template wants_arguments_after_the_net<2>::template but_gets<sizeof...(A)> linearize(const Net&, A&&...); // the stream, then x

template <class Net, class Other, class X>
  requires(!std::same_as<Other, stream<Net>>)
typename refused::wants_stream_of<Net>::template but_gets<Other> linearize(const Net&, Other&, X&&);

} // namespace inlay
