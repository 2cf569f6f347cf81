#pragma once

#include "inlay/refusal/target.hpp"
#include "inlay/refusal/verdict.hpp"
#include "inlay/stack.hpp"

#include <array>

/// What the derivatives take after the net, and which sentence is said of other arguments.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// One argument: what fits, and what is said of an A that does not.
template <class Net>
struct takes_input {
  template <class A>
  static constexpr bool fits = numbers<A, const typename Net::scalar, Net::inputs>;
  template <class A>
  using sentence = refused_input<A, Net>;
};
template <class T, std::size_t N, class Wants>
struct takes_numbers_for {
  template <class A>
  static constexpr bool fits = numbers<A, const T, N>;
  template <class A>
  using sentence = found<Wants, std::remove_cvref_t<A>, T>;
};
template <class Net, class T = typename Net::scalar>
using takes_input_direction = takes_numbers_for<T, Net::inputs, refused::derivative::wants_input_direction<std::span<const T, Net::inputs>>>;
template <class Net, class T = typename Net::scalar>
using takes_output_direction = takes_numbers_for<T, Net::outputs, refused::derivative::wants_output_direction<std::span<const T, Net::outputs>>>;
template <class Net>
struct writes_output {
  template <class A>
  static constexpr bool fits = numbers<A, typename Net::scalar, Net::outputs>;
  template <class A>
  using sentence = refused_output<A, Net>;
};
template <class T, std::size_t N>
struct writes_numbers {
  template <class A>
  static constexpr bool fits = numbers<A, T, N>;
  template <class A>
  using sentence = found<refused::derivative::wants_to_write<std::span<T, N>>, typename memory<A>::type, T>;
};
/// The same of batches: one array a sample.
template <class T, std::size_t N>
struct takes_arrays {
  template <class A>
  static constexpr bool fits = arrays<A, const std::array<T, N>>;
  template <class A>
  using sentence = found_of_batch<refused::derivative::wants_span_of<const std::array<T, N>>, std::remove_cvref_t<A>, T>;
};
template <class T, std::size_t N>
struct writes_arrays {
  template <class A>
  static constexpr bool fits = arrays<A, std::array<T, N>>;
  template <class A>
  using sentence = found_of_batch<refused::derivative::wants_to_write_span_of<std::array<T, N>>, typename memory<A>::type, T>;
};

/// The arguments of a form of a derivative.
template <class... Wanted>
struct form {
  static constexpr std::size_t count = sizeof...(Wanted);
  template <class... A>
  static constexpr bool fits = [] {
    if constexpr (sizeof...(A) == count) return (Wanted::template fits<A> && ...);
    else return false;
  }();
  /// The sentence on the first that does not fit.
  template <std::size_t k, class All, class... A>
  static constexpr auto first_refused() noexcept {
    using wanted = std::tuple_element_t<k, std::tuple<Wanted...>>;
    using given = std::tuple_element_t<k, All>;
    if constexpr (k + 1 == count || !wanted::template fits<given>) return typename wanted::template sentence<given>{};
    else return first_refused<k + 1, All>();
  }
  template <class... A>
  using sentence = decltype(first_refused<0, std::tuple<A...>>());
};

/// Of a derivative's forms: for one sample whose result is returned, for one into memory of the caller's, for a batch.
template <class Returned, class Written, class Batch>
struct forms {
  template <class... A>
  static constexpr bool fits = Returned::template fits<A...> || Written::template fits<A...> || Batch::template fits<A...>;
  template <class First, class...>
  static constexpr bool of_batch = batch_like<First>;
  template <class... A>
  static constexpr auto sentence() noexcept {
    using first = std::remove_cvref_t<argument_at<0, A...>>;
    if constexpr (is_stream<first>) return std::type_identity<typename refused::derivative::template is_not_of_a_step_of<first>>{};
    else if constexpr (sizeof...(A) == Returned::count) return typename Returned::template sentence<A...>{};
    else if constexpr (sizeof...(A) != Written::count)
      return std::type_identity<typename refused::derivative::template wants_arguments_after_the_net<Returned::count, Written::count>::template but_gets<sizeof...(A)>>{};
    else if constexpr (of_batch<A...>) return typename Batch::template sentence<A...>{};
    else return typename Written::template sentence<A...>{};
  }
};
template <class Forms, class... A>
using refused_derivative = decltype(Forms::template sentence<A...>());

/// Of a derivative that takes so many bytes of the stack, which is said first.
template <class Net, std::size_t Bytes>
concept fits_stack = Bytes <= stack_budget<Net>;
template <class Net, std::size_t Bytes, class Sentence>
using within_stack = std::conditional_t<fits_stack<Net, Bytes>, Sentence,
                                        std::type_identity<typename refused::derivative::wants_stack_budget<Bytes>::template but_has<stack_budget<Net>>>>;

/// jacobian<k>(net, x...): k, then how many inputs, then the first that is another.
template <class Net, std::size_t k, class... X>
constexpr auto refused_by_input() noexcept {
  constexpr std::size_t count = input_count<Net>;
  if constexpr (count == 1) return std::type_identity<typename refused::derivative::by_input::template of_a_net_with_one_input<k>>{};
  else if constexpr (k < 1 || k > count)
    return std::type_identity<typename refused::derivative::by_input::template wants_k_up_to<count>::template but_gets<k>>{};
  else if constexpr (sizeof...(X) != count)
    return std::type_identity<typename refused::derivative::template wants_arguments_after_the_net<count>::template but_gets<sizeof...(X)>>{};
  else return refused_inputs_of<Net, first_other_input<Net, X...>, X...>{};
}

/// A matrix in rows, as the results of derivatives have it: std::array or T[rows][columns].
template <class M, class T, std::size_t Rows, std::size_t Columns>
concept matrix_in_rows = std::same_as<M, std::array<std::array<T, Columns>, Rows>> || std::same_as<M, T[Rows][Columns]>;
template <std::size_t Columns>
constexpr auto rows_of_matrix(auto& matrix) noexcept {
  return [&matrix](std::size_t k) { return std::span<std::remove_reference_t<decltype(matrix[0][0])>, Columns>(matrix[k]); };
}

template <class X, class Target, class Loss, class V, class HV, class Net>
struct refused_hvp : refused_backpropagate<X, Target, Loss, Net, Net> {};
template <class X, class Target, class Loss, class V, class HV, class Net>
  requires(sample_of<X, Target, Loss, Net> || batch_of<X, Target, Loss, Net>)
struct refused_hvp<X, Target, Loss, V, HV, Net>
    : std::type_identity<typename refused::derivative::wants_net_of_direction_and_net_of_result<Net>::template but_gets<V, HV>> {};

template <class Net, class T = typename Net::scalar>
using forms_of_jvp = forms<form<takes_input<Net>, takes_input_direction<Net>>,
                           form<takes_input<Net>, takes_input_direction<Net>, writes_output<Net>, writes_numbers<T, Net::outputs>>,
                           form<takes_arrays<T, Net::inputs>, takes_arrays<T, Net::inputs>, writes_arrays<T, Net::outputs>, writes_arrays<T, Net::outputs>>>;
template <class Net, class T = typename Net::scalar>
using forms_of_vjp = forms<form<takes_input<Net>, takes_output_direction<Net>>,
                           form<takes_input<Net>, takes_output_direction<Net>, writes_output<Net>, writes_numbers<T, Net::inputs>>,
                           form<takes_arrays<T, Net::inputs>, takes_arrays<T, Net::outputs>, writes_arrays<T, Net::outputs>, writes_arrays<T, Net::inputs>>>;
template <class Net, class T = typename Net::scalar>
using forms_of_jacobian = forms<form<takes_input<Net>>, form<takes_input<Net>, writes_output<Net>, writes_numbers<T, Net::outputs * Net::inputs>>,
                                form<takes_arrays<T, Net::inputs>, writes_arrays<T, Net::outputs>, writes_arrays<T, Net::outputs * Net::inputs>>>;
template <class Net, class T = typename Net::scalar>
using forms_of_hessian = forms<form<takes_input<Net>, takes_output_direction<Net>>,
                               form<takes_input<Net>, takes_output_direction<Net>, writes_output<Net>, writes_numbers<T, Net::inputs>,
                                    writes_numbers<T, Net::inputs * Net::inputs>>,
                               form<takes_arrays<T, Net::inputs>, takes_arrays<T, Net::outputs>, writes_arrays<T, Net::outputs>,
                                    writes_arrays<T, Net::inputs>, writes_arrays<T, Net::inputs * Net::inputs>>>;

} // namespace inlay::detail
