#pragma once

#include "inlay/loss.hpp"
#include "inlay/target.hpp"
#include "inlay/tensor.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <utility>

/// Targets as rows of numbers, one a step, and what each counts in the mean over a batch.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// The rows of a sample's target, one a step.
template <class Net, class Loss, class Rows>
constexpr void target_row(const Loss& loss, std::span<const typename Net::scalar, Net::outputs> target, Rows rows) noexcept {
  using T = typename Net::scalar;
  constexpr std::size_t N = Net::output_shape::row::size;
  for (std::size_t t = 0; t < Net::output_shape::steps; ++t) {
    const std::span<const T, N> numbers = target.subspan(t * N).template first<N>();
    if constexpr (loss_of_heads<Loss>) loss.template encode_target_of_heads<last_activation<Net>, T, N>(numbers, row(rows, t));
    else if constexpr (elementwise_loss<Loss, T>) numbers_target::encode_target<T, N>(numbers, row(rows, t));
    else loss.template encode_target<T, N>(numbers, row(rows, t));
  }
}
/// Of a class that is left out, zeros: no loss has value or gradient there.
template <class Net, class Loss, class_index Index, class Row>
constexpr void row_of_class(const Loss& loss, Index target, Row into) noexcept {
  if constexpr (requires { loss.ignore_index; })
    if (std::cmp_equal(class_number(target), loss.ignore_index)) {
      for (std::size_t i = 0; i < Row::stride; ++i) into.data[i] = 0;
      return;
    }
  loss.template encode_target<typename Net::scalar, Net::output_shape::row::size>(index_of<Net>(target), into);
}
template <class Net, class Loss, class_index Index, class Rows>
constexpr void target_row(const Loss& loss, Index target, Rows rows) noexcept
  requires takes_class<Loss, Net>
{
  row_of_class<Net>(loss, target, row(rows, 0));
}
template <class Net, class Loss, class_index Index, std::size_t Steps, class Rows>
constexpr void target_row(const Loss& loss, const std::array<Index, Steps>& targets, Rows rows) noexcept
  requires(takes_class<Loss, Net> && Steps == Net::output_shape::steps)
{
  for (std::size_t t = 0; t < Steps; ++t) row_of_class<Net>(loss, targets[t], row(rows, t));
}
template <class Net, class Loss, class Target, class Rows>
  requires(takes_mask<Loss, Net> && with_mask<Target, Net>)
constexpr void target_row(const Loss& loss, const Target& target, Rows rows) noexcept {
  target_row<Net>(loss.loss, std::span<const typename Net::scalar, Net::outputs>(target.target), rows);
  for (std::size_t t = 0; t < Net::output_shape::steps; ++t) // what is left out may be anything, a NaN for example
    if (target.mask[t] == 0)
      for (std::size_t i = 0; i < Rows::stride; ++i) rows[t][i] = 0;
}

template <class Net, class Loss, class Target, class Rows>
  requires short_target_of<Target, Loss, Net>
constexpr void target_row(const Loss& loss, const Target& target, Rows rows) noexcept {
  using T = typename Net::scalar;
  constexpr std::size_t numbers = Loss::template short_target<last_activation<Net>>;
  const std::span<const T, short_target<Loss, Net>> all(target);
  for (std::size_t t = 0; t < Net::output_shape::steps; ++t)
    loss.template encode_target_of_heads<last_activation<Net>, T, numbers>(all.subspan(t * numbers).template first<numbers>(), row(rows, t));
}

/// The targets of some samples, from one on, as a sweep asks for them.
template <class Net, class Loss, class Target>
struct wanted {
  const Loss& loss;
  const Target* first;

  constexpr void operator()(std::size_t s, auto rows) const noexcept { target_row<Net>(loss, first[s], rows); }
  /// What the loss of a step counts.
  constexpr typename Net::scalar weight(std::size_t s, std::size_t t) const noexcept
    requires takes_mask<Loss, Net>
  {
    return first[s].mask[t];
  }
};
template <class Net, class Loss, class Target>
constexpr wanted<Net, Loss, Target> wanted_from(const Loss& loss, const Target* first) noexcept {
  return {loss, first};
}
template <class Wanted>
concept weighing_steps = requires(const Wanted& of) { of.weight(std::size_t{}, std::size_t{}); };

/// What a sample counts in the mean over a batch: 1, or the mean over its steps of what its classes or its mask say.
template <class Net, class Loss, class Target>
constexpr double weight_of(const Loss& loss, const Target& target) noexcept {
  constexpr std::size_t steps = Net::output_shape::steps;
  double weights = 0;
  if constexpr (takes_mask<Loss, Net>)
    for (const auto weight : target.mask) weights += static_cast<double>(weight);
  else if constexpr (class_index<Target>) weights = weight_of_class<Net>(loss, target);
  else if constexpr (classes_of_steps<Target, Net>)
    for (const auto one : target) weights += weight_of_class<Net>(loss, one);
  else return 1;
  return weights / static_cast<double>(steps);
}
/// Whether that is 1, whatever the target is.
template <class Net, class Target, class Loss>
constexpr bool all_weigh_one(const Loss& loss) noexcept {
  if constexpr (takes_mask<Loss, Net>) return false;
  else if constexpr (class_index<Target>) return all_count_one<Loss, Target>(loss);
  else if constexpr (classes_of_steps<Target, Net>) return all_count_one<Loss, typename Target::value_type>(loss);
  else return true;
}
/// The factor that makes of the sum of some losses their mean: 1 over their number, or over what they count.
template <class Net, class Loss, class Target, class T = typename Net::scalar>
constexpr T mean_of(const Loss& loss, std::span<const Target> targets) noexcept {
  if (all_weigh_one<Net, Target>(loss)) return T(1) / static_cast<T>(targets.size());
  double weights = 0;
  for (const Target& target : targets) weights += weight_of<Net>(loss, target);
  return one_over<T>(weights);
}
template <class Net, class Loss, class Target, class T = typename Net::scalar>
constexpr T mean_of_one(const Loss& loss, const Target& target) noexcept {
  return all_weigh_one<Net, Target>(loss) ? T(1) : one_over<T>(weight_of<Net>(loss, target));
}

} // namespace inlay::detail
