#pragma once

#include "inlay/loss.hpp"
#include "inlay/refusal/require.hpp"
#include "inlay/refusal/verdict.hpp"
#include "inlay/tensor.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <span>
#include <type_traits>
#include <utility>

/// What a loss compares an output with.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// The elements of a contiguous range.
template <class Range>
constexpr auto as_span(const Range& range) noexcept {
  return std::span<const std::remove_cvref_t<decltype(*std::data(range))>>(std::data(range), std::size(range));
}
template <class Range>
  requires requires(const Range& range) { std::size(range); }
using element = std::remove_cvref_t<decltype(*std::data(std::declval<const Range&>()))>;

/// Loss has an encode_target() of a target like this.
template <class Loss, class Net, class Target, class T = typename Net::scalar>
concept takes_target = requires(const Loss& loss, Target target, rows<T, 1, Net::output_shape::row::size, padded<T>(Net::output_shape::row::size)> row) {
  loss.template encode_target<T, Net::output_shape::row::size>(target, row);
};
/// A loss with a mask for steps, see loss/masked.hpp.
template <class Loss>
concept loss_of_steps = requires { typename Loss::of_steps; };
template <class Loss, class Net>
concept takes_numbers =
    (elementwise_loss<Loss, typename Net::scalar> && !loss_of_steps<Loss>) || takes_target<Loss, Net, std::span<const typename Net::scalar, Net::output_shape::row::size>>;
template <class Loss, class Net>
concept takes_class = takes_target<Loss, Net, std::size_t>;
template <class Loss, class Net>
concept takes_mask = loss_of_steps<Loss> && requires { requires takes_numbers<typename Loss::of_steps, Net>; };
template <class Loss, class Net>
concept takes_some = takes_numbers<Loss, Net> || takes_class<Loss, Net> || takes_mask<Loss, Net>;

template <class Layer>
struct activation_of {
  using type = void;
};
template <class Layer>
  requires requires { typename Layer::activation; }
struct activation_of<Layer> {
  using type = typename Layer::activation;
};

template <class Net>
using last_activation = typename activation_of<typename Net::topology::template layer<Net::depth>>::type;

template <class Loss, class Net>
concept weighs_other_classes = requires { requires Loss::classes != Net::output_shape::row::size; };
template <class Loss, class Net>
concept takes_logits_of_probabilities = logit_loss<Loss> && probabilities_activation<last_activation<Net>>;

/// A loss for each of a net's heads, see loss/each.hpp.
template <class Loss>
concept loss_of_heads = requires { Loss::template short_target<void>; };
template <class Net>
concept net_with_heads = is_output_list<typename Net::output_shape::row>;
/// Numbers of a target in which a head of classes has one a step, the index.
template <class Loss, class Net>
inline constexpr std::size_t short_target = Loss::template short_target<last_activation<Net>> * Net::output_shape::steps;

/// Loss is a function of any outputs, or has a gradient at the z of this net's last layer.
template <class Loss, class Net, class T = typename Net::scalar>
concept fits_last_layer =
    !takes_logits_of_probabilities<Loss, Net> &&
    (entering_at_z<Loss, last_activation<Net>> || elementwise_loss<Loss, T> ||
     requires(const Loss& loss, rows<T, 1, Net::output_shape::row::size, padded<T>(Net::output_shape::row::size)> row, T scale) {
       requires !net_with_heads<Net>;
       loss.value_and_gradient(row, row, row, scale);
     });

/// The number of a class. A floating-point number would convert, but is a slip.
template <class Target>
concept class_index = std::is_integral_v<Target> || std::is_enum_v<Target>;

/// The same as a plain number, signed where it was.
template <class_index Target>
constexpr auto class_number(Target target) noexcept {
  if constexpr (std::is_enum_v<Target>) return class_number(static_cast<std::underlying_type_t<Target>>(target));
  else if constexpr (std::is_signed_v<Target>) return static_cast<long long>(target);
  else return static_cast<std::size_t>(target);
}

/// The index that a target stands for. A negative one is refused as it was given.
template <class Net, class_index Target>
constexpr std::size_t index_of(Target target) noexcept {
  const auto number = class_number(target);
  if constexpr (std::is_signed_v<decltype(number)>)
    require(number >= 0, "target", "a class index below the number of outputs,", Net::output_shape::row::size, number);
  return static_cast<std::size_t>(number);
}

/// A class for each step.
template <class Target, class Net>
concept classes_of_steps = requires { typename std::remove_cvref_t<Target>::value_type; } &&
                           class_index<typename std::remove_cvref_t<Target>::value_type> &&
                           std::same_as<std::remove_cvref_t<Target>, std::array<typename std::remove_cvref_t<Target>::value_type, Net::output_shape::steps>>;
/// What a class counts in the mean over a batch.
template <class Loss>
concept weighing_loss = requires(const Loss& loss) { loss.weight(std::size_t{}); };
template <class Net, class Loss, class_index Target>
constexpr double weight_of_class(const Loss& loss, Target target) noexcept {
  if constexpr (requires { loss.ignore_index; })
    if (std::cmp_equal(class_number(target), loss.ignore_index)) return 0;
  if constexpr (weighing_loss<Loss>) return loss.weight(index_of<Net>(target));
  else return 1;
}
/// Whether all classes count 1: none is the one that is left out, if those of a type without a sign cannot be.
template <class Loss, class_index Target>
constexpr bool all_count_one(const Loss& loss) noexcept {
  if constexpr (weighing_loss<Loss>) return false;
  else if constexpr (requires { loss.ignore_index; }) return std::is_unsigned_v<decltype(class_number(Target{}))> && loss.ignore_index < 0;
  else return true;
}

/// Numbers with a mask.
template <class Target, class Net>
concept with_mask = requires(const Target& target) {
  { target.target } -> std::same_as<const typename Net::output_type&>;
  { target.mask[0] } -> std::convertible_to<typename Net::scalar>;
};
/// A target with one number, the index, for each head of classes.
template <class Target, class Loss, class Net>
concept short_target_of = loss_of_heads<Loss> && short_target<Loss, Net> != Net::outputs &&
                          numbers<const Target&, const typename Net::scalar, short_target<Loss, Net>>;

template <class Target, class Loss, class Net>
concept target_of = fits_last_layer<Loss, Net> &&
                    ((takes_numbers<Loss, Net> && numbers<const Target&, const typename Net::scalar, Net::outputs>) ||
                     (takes_class<Loss, Net> && Net::output_shape::steps == 1 && class_index<Target>) ||
                     (takes_class<Loss, Net> && classes_of_steps<Target, Net>) || (takes_mask<Loss, Net> && with_mask<Target, Net>) ||
                     short_target_of<Target, Loss, Net>);
template <class Targets, class Loss, class Net>
concept targets_of = requires { typename element<Targets>; } && target_of<element<Targets>, Loss, Net>;

/// What backpropagate takes: a sample and its target, or a batch and theirs.
template <class X, class Target, class Loss, class Net>
concept sample_of = numbers<X, const typename Net::scalar, Net::inputs> && target_of<Target, Loss, Net>;
template <class Xs, class Targets, class Loss, class Net>
concept batch_of = arrays<Xs, const typename Net::input_type> && targets_of<Targets, Loss, Net>;

/// An optimizer of nets like this.
template <class Optimizer, class Net>
concept optimizer_of = requires(Optimizer& optimizer, Net& net, const Net& grad) { optimizer.step(net, grad); };

} // namespace inlay::detail
