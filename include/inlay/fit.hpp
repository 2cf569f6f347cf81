#pragma once

#include "inlay/fit/batches.hpp"
#include "inlay/fit/loop.hpp"
#include "inlay/reader.hpp"

#include <concepts>
#include <span>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// What fit() takes in memory, right.
template <class Net, class Optimizer, class Loss, class Targets, class Checkpoint, class ValidationTargets = Targets>
concept trains_on_samples = optimizer_of<Optimizer, Net> && targets_of<Targets, Loss, Net> && targets_of<ValidationTargets, Loss, Net> &&
                            checkpoint_of<Checkpoint, Net, Optimizer>;
/// From a reader.
template <class Net, class Optimizer, class Loss, class Reader, class Checkpoint>
concept trains_on_reader = optimizer_of<Optimizer, Net> && sample_reader<std::remove_reference_t<Reader>, Net, Loss> && checkpoint_of<Checkpoint, Net, Optimizer>;

/// fit() on samples in memory.
template <class Net, class Optimizer, class Loss, class Target, class Validation, class Steps, class Checkpoint>
auto fit_samples(Net& net, Optimizer& optimizer, const Loss& loss, std::span<const typename Net::input_type> xs,
                 std::span<const Target> targets, const fit_options& options, const Validation& validation, Steps&& steps, const Checkpoint& checkpoint) {
  return fit(net, optimizer, loss, batches_in_memory(xs, targets, options.seed, options.carry_state), options, validation, steps, checkpoint);
}

} // namespace detail

/// Trains `net` on samples xs with their targets, in batches of random order; the last batch of an epoch may be smaller.
/// Returns the mean loss of each epoch, 0 where there are no samples. The shuffled batch, the gradient, the history and the
/// workspace of a large net are on the heap. A checkpoint, see io/checkpoint.hpp, is where it goes on from and what it keeps.
template <class Net, class Optimizer, class Loss, class Targets, class Checkpoint = detail::no_checkpoint>
  requires detail::trains_on_samples<Net, Optimizer, Loss, Targets, Checkpoint>
history<typename Net::scalar> fit(Net& net, Optimizer& optimizer, const Loss& loss,
                                  std::span<const typename Net::input_type> xs, const Targets& targets,
                                  const fit_options& options = {}, const Checkpoint& checkpoint = {}) {
  return detail::fit_samples(net, optimizer, loss, xs, detail::as_span(targets), options, detail::nothing_held_out{}, detail::steps_alone<Net>{}, checkpoint);
}

/// The same with validation data vx and vy, whose loss is measured after each epoch, and is in the history and in the third
/// argument of the callback.
template <class Net, class Optimizer, class Loss, class Targets, class ValidationTargets, class Checkpoint = detail::no_checkpoint>
  requires detail::trains_on_samples<Net, Optimizer, Loss, Targets, Checkpoint, ValidationTargets>
history<typename Net::scalar> fit(Net& net, Optimizer& optimizer, const Loss& loss,
                                  std::span<const typename Net::input_type> xs, const Targets& targets,
                                  std::span<const typename Net::input_type> vx, const ValidationTargets& vy,
                                  const fit_options& options = {}, const Checkpoint& checkpoint = {}) {
  return detail::fit_samples(net, optimizer, loss, xs, detail::as_span(targets), options, detail::held_out(vx, detail::as_span(vy)),
                             detail::steps_alone<Net>{}, checkpoint);
}

/// Trains on what a reader gives, batch by batch in its order; see reader.hpp, and threads.hpp for one that reads ahead. What the
/// reader throws leaves net and optimizer as they were after the last whole epoch, of which there are copies on the heap.
template <class Net, class Optimizer, class Loss, class Reader, class Checkpoint = detail::no_checkpoint>
  requires detail::trains_on_reader<Net, Optimizer, Loss, Reader, Checkpoint>
history<typename Net::scalar> fit(Net& net, Optimizer& optimizer, const Loss& loss, Reader&& reader, const fit_options& options = {},
                                  const Checkpoint& checkpoint = {}) {
  return detail::fit(net, optimizer, loss, detail::batches_of_reader<typename Net::input_type, std::remove_reference_t<Reader>>(reader), options,
                     detail::nothing_held_out{}, detail::steps_alone<Net>{}, checkpoint);
}

/// The same with validation data, which are in memory.
template <class Net, class Optimizer, class Loss, class Reader, class ValidationTargets, class Checkpoint = detail::no_checkpoint>
  requires(detail::trains_on_reader<Net, Optimizer, Loss, Reader, Checkpoint> && detail::targets_of<ValidationTargets, Loss, Net>)
history<typename Net::scalar> fit(Net& net, Optimizer& optimizer, const Loss& loss, Reader&& reader,
                                  std::span<const typename Net::input_type> vx, const ValidationTargets& vy,
                                  const fit_options& options = {}, const Checkpoint& checkpoint = {}) {
  return detail::fit(net, optimizer, loss, detail::batches_of_reader<typename Net::input_type, std::remove_reference_t<Reader>>(reader), options,
                     detail::held_out(vx, detail::as_span(vy)), detail::steps_alone<Net>{}, checkpoint);
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class Optimizer, class Loss, class Xs, class Targets>
  requires(detail::a_net<Net> && !std::same_as<Targets, fit_options> && (!detail::optimizer_of<Optimizer, Net> || !detail::batch_of<Xs, Targets, Loss, Net>))
decltype(detail::say(detail::refused_fit<Optimizer, Xs, Targets, Loss, Net>{}))
fit(Net&, Optimizer&, const Loss&, Xs&&, const Targets&, const fit_options& = {});

template <class Net, class Optimizer, class Loss, class Xs, class Targets, class Vx>
  requires(detail::a_net<Net> && !std::same_as<Targets, fit_options> && !std::convertible_to<Vx, const fit_options&> &&
           !sample_reader<std::remove_cvref_t<Xs>, Net, Loss>)
decltype(detail::say(detail::refused_train_step<Optimizer, detail::refused_validation<Xs, Targets, Loss, Net, Vx>, Net>{}))
fit(Net&, Optimizer&, const Loss&, Xs&&, const Targets&, Vx&&, const fit_options& = {});

template <class Net, class Optimizer, class Loss, class Xs, class Targets, class Vx, class Vy>
  requires(detail::a_net<Net> && !std::same_as<Targets, fit_options> && !std::same_as<std::remove_cvref_t<Vx>, fit_options> && !std::same_as<Vy, fit_options> && (!detail::optimizer_of<Optimizer, Net> || !detail::batch_of<Xs, Targets, Loss, Net> || !detail::batch_of<Vx, Vy, Loss, Net>))
decltype(detail::say(
    std::conditional_t<detail::batch_of<Xs, Targets, Loss, Net>, detail::refused_fit<Optimizer, Vx, Vy, Loss, Net>,
                       detail::refused_fit<Optimizer, Xs, Targets, Loss, Net>>{}))
fit(Net&, Optimizer&, const Loss&, Xs&&, const Targets&, Vx&&, const Vy&, const fit_options& = {});

template <class Net, class Optimizer, class Loss, class X>
  requires(detail::a_net<Net> && !sample_reader<std::remove_reference_t<X>, Net, Loss>)
decltype(detail::say(detail::refused_without_targets<Optimizer, X, Loss, Net>{})) fit(Net&, Optimizer&, const Loss&, X&&, const fit_options& = {});

template <class Net, class Optimizer, class Loss, class Xs, class Targets, class Checkpoint>
  requires(detail::a_net<Net> && !detail::checkpoint_of<Checkpoint, Net, Optimizer>)
decltype(detail::say(detail::refused_checkpoint<Optimizer, Checkpoint, Xs, Targets, Loss, Net>{}))
fit(Net&, Optimizer&, const Loss&, Xs&&, const Targets&, const std::same_as<fit_options> auto&, const Checkpoint&);

} // namespace inlay
