#pragma once

#include "inlay/refusal/words.hpp"
#include "inlay/shape.hpp"

#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET {
template <class Net>
struct stream;
}

/// Which sentence of refusal/words.hpp is said of a call.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

template <class X>
inline constexpr bool is_stream = false;
template <class Net>
inline constexpr bool is_stream<stream<Net>> = true;
template <class X>
concept holds_streams = is_stream<std::remove_const_t<X>> || requires(X& x) { requires is_stream<typename decltype(std::span(x))::value_type>; };

/// The return type of what is refused: g++ prints a Sentence that was deduced without the name of an alias.
template <class Sentence>
Sentence say(std::type_identity<Sentence>);

/// N numbers T, in the caller's memory.
template <class X, class T, std::size_t N>
concept numbers = std::convertible_to<X, std::span<T, N>>;

/// Any number of arrays, in the caller's memory.
template <class Xs, class Array>
concept arrays = std::convertible_to<Xs, std::span<Array>>;

/// Numbers T whose count is known at run time only: a pointer, a std::vector, a std::span without extent.
template <class X, class T>
concept of_unknown_length = (std::is_pointer_v<X> && std::same_as<std::remove_cv_t<std::remove_pointer_t<X>>, T>) ||
                            requires(X& x) {
                              requires std::same_as<typename decltype(std::span(x))::value_type, T>;
                              requires decltype(std::span(x))::extent == std::dynamic_extent;
                            };

/// Elements that are no numbers: a batch, right or wrong.
template <class X>
concept batch_like = requires(std::remove_cvref_t<X>& xs) { std::span(xs)[0][0]; };

template <class Net>
inline constexpr std::size_t input_count = 1;
template <class Net>
  requires is_input_list<typename Net::input_shape>
inline constexpr std::size_t input_count<Net> = Net::input_shape::count;

/// The k-th of X..., or none: clang works out the return type of a call that it then finds to be another.
struct no_argument;
template <std::size_t k, class... X>
using argument_at = std::tuple_element_t<(k < sizeof...(X) ? k : sizeof...(X)), std::tuple<X..., no_argument>>;

/// The shape of the k-th input; of a net with one, whatever is asked for.
template <class Shape, std::size_t k>
struct input_at {
  using type = Shape;
};
template <class Shape, std::size_t k>
  requires is_input_list<Shape>
struct input_at<Shape, k> {
  using type = typename Shape::template at<k>;
};

/// The first of X..., a net's inputs one by one, that is not what it should be; their number if all are.
template <class Net, class... X>
inline constexpr std::size_t first_other_input = 0;
template <class Net, class... X>
  requires is_input_list<typename Net::input_shape>
inline constexpr std::size_t first_other_input<Net, X...> = []<std::size_t... k>(std::index_sequence<k...>) {
  std::size_t first = 0;
  (void)((numbers<argument_at<k, X...>, const typename Net::scalar, input_at<typename Net::input_shape, k>::type::size> && (++first, true)) && ...);
  return first;
}(std::make_index_sequence<input_count<Net>>{});

/// X... are a net's several inputs, right or wrong, and perhaps memory for its output.
template <class Net, class... X>
concept meant_as_inputs = (input_count<Net> > 1) && (sizeof...(X) == input_count<Net> || sizeof...(X) == input_count<Net> + 1) &&
                          !batch_like<std::tuple_element_t<0, std::tuple<X...>>> &&
                          !numbers<std::tuple_element_t<0, std::tuple<X...>>, const typename Net::scalar, Net::inputs>;
template <class Net, class... X>
concept inputs_of = meant_as_inputs<Net, X...> && sizeof...(X) == input_count<Net> && first_other_input<Net, X...> == input_count<Net>;
template <class Net, class... X>
concept inputs_and_output_of = meant_as_inputs<Net, X...> && sizeof...(X) == input_count<Net> + 1 &&
                               first_other_input<Net, X...> == input_count<Net> &&
                               numbers<std::tuple_element_t<sizeof...(X) - 1, std::tuple<X...>>, typename Net::scalar, Net::outputs>;

/// The end of the sentence, where Wants wants numbers T and is given an X.
template <class Wants, class X, class T>
struct found : std::type_identity<typename Wants::template but_gets<X>> {};
template <class Wants, class X, class T>
  requires of_unknown_length<X, T>
struct found<Wants, X, T> : std::type_identity<typename Wants::template but_gets_unknown_length<X>> {};

template <class X, class Net, class T = typename Net::scalar>
struct refused_input
    : found<typename refused::layer<1>::template wants_input<std::span<const T, Net::inputs>>, std::remove_cvref_t<X>, T> {};

/// Memory to write to, as it was given: const where it is const.
template <class Y>
struct memory : std::type_identity<refused::temporary<Y>> {};
template <class Y>
struct memory<Y&> : std::type_identity<Y> {};

template <class Y, class Net, class T = typename Net::scalar>
struct refused_output : found<typename refused::layer<Net::depth>::template wants_to_write<std::span<T, Net::outputs>>,
                              typename memory<Y>::type, T> {};

/// The end of the sentence, where Wants wants arrays of T and is given an X, or numbers T for all of them.
template <class Wants, class X, class T>
struct found_of_batch : std::type_identity<typename Wants::template but_gets<X>> {};
template <class Wants, class X, class T>
  requires of_unknown_length<X, T>
struct found_of_batch<Wants, X, T> : std::type_identity<typename Wants::template but_gets_flat_numbers<X>> {};

template <class Xs, class Net>
struct refused_inputs : found_of_batch<typename refused::layer<1>::template wants_span_of<const typename Net::input_type>,
                                       std::remove_cvref_t<Xs>, typename Net::scalar> {};
template <class Ys, class Net>
struct refused_outputs
    : found_of_batch<typename refused::layer<Net::depth>::template wants_to_write_span_of<typename Net::output_type>,
                     typename memory<Ys>::type, typename Net::scalar> {};

/// Which of several inputs is wrong, or that it is the memory for the output.
template <class Net, std::size_t k, class... X>
struct refused_inputs_of : refused_output<argument_at<k, X...>, Net> {};
template <class Net, std::size_t k, class... X>
  requires(is_input_list<typename Net::input_shape> && k < input_count<Net>)
struct refused_inputs_of<Net, k, X...>
    : found<typename refused::input<k + 1>::template wants<std::span<const typename Net::scalar, Net::input_shape::template at<k>::size>>,
            std::remove_cvref_t<argument_at<k, X...>>, typename Net::scalar> {};

template <class X, class Y, class Net>
struct refused_call
    : std::conditional_t<numbers<X, const typename Net::scalar, Net::inputs>, refused_output<Y, Net>, refused_input<X, Net>> {};
template <class X, class Y, class Net>
  requires(batch_like<X> || batch_like<Y>)
struct refused_call<X, Y, Net>
    : std::conditional_t<arrays<X, const typename Net::input_type>, refused_outputs<Y, Net>, refused_inputs<X, Net>> {};

/// A step of a net of a sequence as a net of its own: what a call of a stream wants.
template <class Net>
struct step_of {
  using scalar = typename Net::scalar;
  using input_type = typename Net::step_input_type;
  using output_type = typename Net::step_output_type;
  static constexpr std::size_t inputs = std::tuple_size_v<input_type>, outputs = std::tuple_size_v<output_type>, depth = Net::depth;
};

template <class Workspace, class Net>
struct refused_workspace : std::type_identity<typename refused::wants_workspace_of<Net>::template but_gets<Workspace>> {};
template <class Workspace, class Net>
  requires requires { typename Workspace::net; }
struct refused_workspace<Workspace, Net>
    : std::type_identity<typename refused::wants_workspace_of<Net>::template but_gets_one_of<typename Workspace::net>> {};

template <class Workspace, class Net>
  requires holds_streams<Workspace>
struct refused_workspace<Workspace, Net>
    : std::type_identity<typename refused::wants_workspace_of<Net>::template but_gets_streams<Workspace>> {};

template <class Xs, class Ys, class Workspace, class Net>
struct refused_call_with_workspace
    : std::conditional_t<arrays<Xs, const typename Net::input_type>, refused_outputs<Ys, Net>, refused_inputs<Xs, Net>> {};
template <class Xs, class Ys, class Workspace, class Net>
  requires(arrays<Xs, const typename Net::input_type> && arrays<Ys, typename Net::output_type>)
struct refused_call_with_workspace<Xs, Ys, Workspace, Net> : refused_workspace<Workspace, Net> {};

template <class Topology, std::size_t l>
struct refused_layer
    : std::type_identity<typename refused::layer<l>::template is_none_of<1>::template to<Topology::depth>> {};
template <class Topology, std::size_t l>
  requires(l >= 1 && l <= Topology::depth)
struct refused_layer<Topology, l>
    : std::type_identity<typename refused::layer<l>::template has_no_weights<typename Topology::template layer<l>>> {};

template <class W, class View, class T = typename View::value>
struct refused_weights : found<typename refused::layer<View::index>::template wants_weights<std::span<const T, View::weight_count>>,
                               std::remove_cvref_t<W>, T> {};
template <class B, class View, class T = typename View::value>
struct refused_biases : found<typename refused::layer<View::index>::template wants_biases<std::span<const T, View::bias_count>>,
                              std::remove_cvref_t<B>, T> {};
template <class W, class B, class View>
struct refused_assign : std::conditional_t<numbers<W, const typename View::value, View::weight_count>,
                                           refused_biases<B, View>, refused_weights<W, View>> {};
template <class W, class B, class View>
  requires View::is_const
struct refused_assign<W, B, View> : std::type_identity<typename refused::layer<View::index>::template is_const<typename View::layer>> {};

template <class Other, class Grad, class Net>
concept another_net = !std::convertible_to<Other&, Net&> || !std::convertible_to<const Grad&, const Net&>;
template <class Other, class Grad, class Net>
struct refused_step
    : std::conditional_t<std::convertible_to<Other&, Net&>,
                         std::type_identity<typename refused::wants_gradient<Net>::template but_gets<Grad>>,
                         std::type_identity<typename refused::optimizer_wants_net<Net>::template but_gets<Other>>> {};

template <class Values, class Net, class T = typename Net::scalar>
struct refused_parameters : found<typename refused::network::template wants_parameters<std::span<const T, Net::parameter_count>>,
                                  std::remove_cvref_t<Values>, T> {};

} // namespace inlay::detail
