#pragma once

#include "inlay/derivatives/step_in_duals.hpp"
#include "inlay/derivatives/recorded_sample.hpp"
#include "inlay/refusal/derivative.hpp"
#include "inlay/refusal/require.hpp"
#include "inlay/stream.hpp"

#include <array>
#include <span>
#include <tuple>

namespace inlay {

/// What jacobian() gives: f(x), and jacobian[o][i] = ∂y_o/∂x_i.
template <class Net>
struct jacobian_result {
  typename Net::output_type value;
  std::array<typename Net::input_type, Net::outputs> jacobian;
};

/// The same by the k-th input of several, whose numbers are i.
template <class Net, std::size_t k>
struct jacobian_by_result {
  typename Net::output_type value;
  std::array<std::array<typename Net::scalar, Net::input_shape::template at<k - 1>::size>, Net::outputs> jacobian;
};

/// The same of a step of a stream by that step's input.
template <class Net>
struct step_jacobian_result {
  typename Net::step_output_type value;
  std::array<typename Net::step_input_type, std::tuple_size_v<typename Net::step_output_type>> jacobian;
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// row(o) is where ∂y_o/∂x goes.
template <class Net>
constexpr void write_jacobian(std::span<const typename Net::scalar, Net::topology::storage> theta, const typename Net::scalar* x,
                              std::span<typename Net::scalar, Net::outputs> y, auto row, const auto& of) noexcept {
  using T = typename Net::scalar;
  with_recorded_sample<Net>(theta, [&](auto& sample) {
    sample.record(x, y, of);
    if constexpr (!all_carry_directions<typename Net::topology>())
      for (std::size_t k = 0; k < Net::outputs; ++k) sample.pull([k](std::size_t o) { return o == k ? T(1) : T(0); }, row(k));
    else if constexpr (Net::inputs < Net::outputs)
      for_directions<Net, Net::inputs>([&]<std::size_t most>(std::size_t first, std::size_t count) { sample.template push_inputs<most>(x, first, count, row); });
    else
      for_directions<Net, Net::outputs>([&]<std::size_t most>(std::size_t first, std::size_t count) { sample.template pull_outputs<most>(first, count, row); });
  });
}

/// How many numbers the k-th input of a net has, from 1; none where there is no such.
template <class Net, std::size_t k>
inline constexpr std::size_t numbers_of_input = [] {
  if constexpr (k >= 1 && k <= input_count<Net> && input_count<Net> > 1) return Net::input_shape::template at<k - 1>::size;
  else return std::size_t{0};
}();

/// The same by the k-th input of several.
template <std::size_t k, class Net>
constexpr void write_jacobian_by_input(const Net& net, const typename Net::scalar* x, std::span<typename Net::scalar, Net::outputs> y, auto row_of) noexcept {
  using T = typename Net::scalar;
  typename Net::input_type row{};
  with_recorded_sample<Net>(net.theta(), [&](auto& sample) {
    sample.record(x, y, pass{});
    for (std::size_t o = 0; o < Net::outputs; ++o) {
      sample.pull([o](std::size_t n) { return n == o ? T(1) : T(0); }, row);
      for (std::size_t i = 0; i < numbers_of_input<Net, k>; ++i) row_of(o)[i] = row[Net::input_shape::template offset<k - 1> + i];
    }
  });
}

/// The same of a step of a stream by the step's input: recorded, or in duals where a layer cannot be recorded from a state on.
template <class Net>
constexpr void write_step_jacobian(const Net& net, stream<Net>& stream, const typename Net::scalar* x,
                                   std::span<typename Net::scalar, inlay::stream<Net>::outputs> y, auto row) noexcept {
  if constexpr (all_train_from_state<typename Net::topology>()) {
    using one_step = with_steps_t<Net, 1>;
    auto state = __builtin_bit_cast(inlay::stream<one_step>, stream); // the layers are of one step, what they remember is the same
    write_jacobian<one_step>(net.theta(), x, y, row, pass_of_streams<one_step>{{}, std::span(&state, 1)});
    stream = __builtin_bit_cast(inlay::stream<Net>, state);
  } else {
    constexpr std::size_t inputs = inlay::stream<Net>::inputs;
    with_step_in_duals(net, stream, x, [&](auto along) {
      for (std::size_t i = 0; i < inputs; ++i) {
        const auto of = along(state_size<Net> + i).first;
        for (std::size_t o = 0; o < of.size(); ++o) row(o)[i] = of[o].tangent;
      }
    });
    stream(net, std::span<const typename Net::scalar, inputs>(x, inputs), y);
  }
}
template <class Net>
constexpr std::size_t stack_of_step_jacobian() noexcept {
  if constexpr (all_train_from_state<typename Net::topology>()) return 0;
  else return stack_of_step_in_duals<Net>();
}
template <class Net>
concept steps_by_input = causal<Net> && (all_train_from_state<typename Net::topology>() || tells_state_in_numbers<Net>) &&
                         fits_stack<Net, stack_of_step_jacobian<Net>()>;

/// Row after row of J.
template <std::size_t Columns, class T>
constexpr auto rows_in(T* J) noexcept {
  return [J](std::size_t o) { return std::span<T, Columns>(J + o * Columns, Columns); };
}

/// jacobian<k>(net, x, y, J), of all inputs in one array.
template <class Net, std::size_t k, class... A>
concept writes_by_input = sizeof...(A) == 3 && numbers<argument_at<0, A...>, const typename Net::scalar, Net::inputs> &&
                          numbers<argument_at<1, A...>, typename Net::scalar, Net::outputs> &&
                          numbers<argument_at<2, A...>, typename Net::scalar, Net::outputs * numbers_of_input<Net, k>>;

template <class Net, class... A>
concept takes_stream = (sizeof...(A) > 0) && std::same_as<argument_at<0, A...>, stream<Net>&>;

} // namespace detail

/// The Jacobian of net(x), torch.func.jacrev: one recorded pass forward, and one back for each output; of a net with fewer inputs than
/// outputs one forward for each input, where all its layers carry tangents (tangent.hpp). Of a sequence all outputs of all steps by
/// all inputs. J is row-major [outputs][inputs]. Takes as much of the stack as input_gradient(), or up to stack_budget<net_t> where
/// several go together. x, y and J are apart.
template <class Net>
constexpr void jacobian(const Net& net, std::span<const typename Net::scalar, Net::inputs> x, std::span<typename Net::scalar, Net::outputs> y,
                        std::span<typename Net::scalar, Net::outputs * Net::inputs> J) noexcept {
  detail::write_jacobian<Net>(net.theta(), x.data(), y, detail::rows_in<Net::inputs>(J.data()), pass{});
}

/// J may be of rows: std::array<net_t::input_type, net_t::outputs>, or T[outputs][inputs].
template <class Net, class J>
  requires detail::matrix_in_rows<J, typename Net::scalar, Net::outputs, Net::inputs>
constexpr void jacobian(const Net& net, std::span<const typename Net::scalar, Net::inputs> x, std::span<typename Net::scalar, Net::outputs> y,
                        J& rows) noexcept {
  detail::write_jacobian<Net>(net.theta(), x.data(), y, detail::rows_of_matrix<Net::inputs>(rows), pass{});
}

/// `auto [y, J] = inlay::jacobian(net, x);`
template <class Net>
constexpr jacobian_result<Net> jacobian(const Net& net, std::span<const typename Net::scalar, Net::inputs> x) noexcept {
  jacobian_result<Net> result{};
  detail::write_jacobian<Net>(net.theta(), x.data(), result.value, [&](std::size_t o) { return std::span(result.jacobian[o]); }, pass{});
  return result;
}

/// Of a batch, sample by sample.
template <class Net>
constexpr void jacobian(const Net& net, std::span<const typename Net::input_type> xs, std::span<typename Net::output_type> ys,
                        std::span<std::array<typename Net::scalar, Net::outputs * Net::inputs>> Js) noexcept {
  detail::require_alike("jacobian", xs.size(), ys.size(), Js.size());
  for (std::size_t s = 0; s < xs.size(); ++s) jacobian(net, xs[s], ys[s], Js[s]);
}

/// By the k-th input of a net with several, counted from 1 as in `from<k>`, of all inputs in one array, into memory of the caller's:
/// J row-major [outputs][numbers of that input].
template <std::size_t k, class Net>
  requires(k >= 1 && k <= detail::input_count<Net> && detail::input_count<Net> > 1)
constexpr void jacobian(const Net& net, std::span<const typename Net::scalar, Net::inputs> x, std::span<typename Net::scalar, Net::outputs> y,
                        std::span<typename Net::scalar, Net::outputs * detail::numbers_of_input<Net, k>> J) noexcept {
  detail::write_jacobian_by_input<k>(net, x.data(), y, detail::rows_in<detail::numbers_of_input<Net, k>>(J.data()));
}

/// `auto [y, J] = inlay::jacobian<2>(net, x1, x2);`
template <std::size_t k, class Net, class... X>
  requires(detail::inputs_of<Net, X...> && k >= 1 && k <= detail::input_count<Net>)
constexpr jacobian_by_result<Net, k> jacobian(const Net& net, X&&... x) noexcept {
  typename Net::input_type all{};
  std::size_t place = 0;
  const auto copy = [&](auto part) {
    for (const auto number : part) all[place++] = number;
  };
  [&]<std::size_t... n>(std::index_sequence<n...>) {
    (copy(std::span<const typename Net::scalar, Net::input_shape::template at<n>::size>(x)), ...);
  }(std::index_sequence_for<X...>{});
  jacobian_by_result<Net, k> result{};
  detail::write_jacobian_by_input<k>(net, all.data(), result.value, detail::rows_of_matrix<detail::numbers_of_input<Net, k>>(result.jacobian));
  return result;
}

/// Of a step of a stream by the step's input, what it remembers being given; the stream goes one step on, as a call would. J is
/// row-major [outputs][inputs] of a step. What a step does to what is remembered, too, is in linearize.hpp.
template <class Net>
  requires detail::steps_by_input<Net>
constexpr void jacobian(const Net& net, stream<std::type_identity_t<Net>>& stream, std::span<const typename Net::scalar, inlay::stream<Net>::inputs> x,
                        std::span<typename Net::scalar, inlay::stream<Net>::outputs> y,
                        std::span<typename Net::scalar, inlay::stream<Net>::outputs * inlay::stream<Net>::inputs> J) noexcept {
  detail::write_step_jacobian(net, stream, x.data(), y, detail::rows_in<inlay::stream<Net>::inputs>(J.data()));
}

/// `auto [y, J] = inlay::jacobian(net, stream, x);`
template <class Net>
  requires detail::steps_by_input<Net>
constexpr step_jacobian_result<Net> jacobian(const Net& net, stream<std::type_identity_t<Net>>& stream,
                                             std::span<const typename Net::scalar, inlay::stream<Net>::inputs> x) noexcept {
  step_jacobian_result<Net> result{};
  detail::write_step_jacobian(net, stream, x.data(), result.value, detail::rows_of_matrix<inlay::stream<Net>::inputs>(result.jacobian));
  return result;
}

// What is refused: declared, never defined; the return type is the error.
template <std::size_t k, class Net, class... X>
  requires(!(detail::inputs_of<Net, X...> && k >= 1 && k <= detail::input_count<Net>) && !detail::writes_by_input<Net, k, X...>)
decltype(detail::say(detail::refused_by_input<Net, k, X...>())) jacobian(const Net&, X&&...);
template <class Net, class X>
  requires(!detail::numbers<X, const typename Net::scalar, std::tuple_size_v<typename Net::step_input_type>>)
decltype(detail::say(detail::refused_input<X, detail::step_of<Net>>{})) jacobian(const Net&, stream<std::type_identity_t<Net>>&, X&&);
template <class Net, class... A>
  requires(detail::takes_stream<Net, A...> && sizeof...(A) != 2 && sizeof...(A) != 4)
typename refused::derivative::template wants_arguments_after_the_net<2, 4>::template but_gets<sizeof...(A)> jacobian(const Net&, A&&...);
template <class Net, class... A>
  requires(detail::takes_stream<Net, A...> && !detail::fits_stack<Net, detail::stack_of_step_jacobian<Net>()>)
typename refused::derivative::wants_stack_budget<detail::stack_of_step_jacobian<Net>()>::template but_has<stack_budget<Net>> jacobian(const Net&, A&&...);
template <class Net, class... A>
  requires(detail::takes_stream<Net, A...> && !detail::all_train_from_state<typename Net::topology>() && !detail::tells_state_in_numbers<Net>)
decltype(detail::say(detail::first_untold<typename Net::topology>())) jacobian(const Net&, A&&...);
template <class Net, class... A>
  requires(!detail::forms_of_jacobian<Net>::template fits<A...> && !detail::takes_stream<Net, A...> &&
           !(sizeof...(A) == 3 && detail::matrix_in_rows<std::remove_cvref_t<detail::argument_at<2, A...>>, typename Net::scalar, Net::outputs, Net::inputs>))
decltype(detail::say(detail::refused_derivative<detail::forms_of_jacobian<Net>, A...>{})) jacobian(const Net&, A&&...);

} // namespace inlay
