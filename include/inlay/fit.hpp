#pragma once

#include "inlay/evaluate.hpp"
#include "inlay/fit_options.hpp"
#include "inlay/heap.hpp"
#include "inlay/history.hpp"
#include "inlay/random.hpp"
#include "inlay/refusal/optimizer_options.hpp"
#include "inlay/train_step.hpp"
#include "inlay/weights.hpp"

#include <concepts>
#include <cstddef>
#include <limits>
#include <memory>
#include <span>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// A target as fit keeps it for a batch: a class, whatever its type, as a number.
template <class Target>
constexpr auto kept_target(const Target& target) noexcept {
  if constexpr (class_index<Target>) return class_number(target);
  else return target;
}

/// The samples in random order, batch by batch.
template <class Input, class Target>
class shuffled_batches {
public:
  shuffled_batches(std::span<const Input> all, std::span<const Target> all_targets, std::uint64_t seed)
      : xs_(all), targets_(all_targets), numbers_{seed}, order_(all.size()) {
    for (std::size_t s = 0; s < order_.size(); ++s) order_[s] = s;
  }

  void shuffle() noexcept {
    for (std::size_t s = order_.size(); s > 1; --s) {
      const std::size_t other = static_cast<std::size_t>(numbers_.below(s)), last = order_[s - 1];
      order_[s - 1] = order_[other];
      order_[other] = last;
    }
  }

  /// Those from `first` on, at most `size` of them: how many there are.
  std::size_t take(std::size_t first, std::size_t size) {
    const std::size_t left = order_.size() - first, count = left < size ? left : size;
    xs.clear();
    targets.clear();
    for (std::size_t s = first; s < first + count; ++s) {
      xs.push_back(xs_[order_[s]]);
      targets.push_back(kept_target(targets_[order_[s]]));
    }
    return count;
  }

  vector<Input> xs;
  vector<decltype(kept_target(std::declval<const Target&>()))> targets;

private:
  std::span<const Input> xs_;
  std::span<const Target> targets_;
  random numbers_;
  vector<std::size_t> order_;
};

/// The workspace of a net whose batches are too large for the stack.
template <class Net>
class workspace_on_heap {
public:
  /// f(workspace), or f() where the stack has room.
  auto give(auto f) const {
    if constexpr (wants_workspace<Net>) return f(*place_);
    else return f();
  }

private:
  struct none {};
  [[no_unique_address]] std::conditional_t<wants_workspace<Net>, on_heap<workspace<Net>>, none> place_;
};

/// A net whose state can be carried from window to window.
template <class Net>
inline constexpr bool carries_state = causal<Net> && all_train_from_state<typename Net::topology>();

/// The streams of a batch, of a net that has such.
template <class Net>
struct streams_on_heap {
  explicit streams_on_heap(std::size_t) noexcept {}
  void begin() noexcept {}
};
template <class Net>
  requires carries_state<Net>
struct streams_on_heap<Net> : several_on_heap<stream<Net>> {
  using several_on_heap<stream<Net>>::several_on_heap;
  void begin() {
    for (auto& each : this->all()) each = {};
  }
};

/// A step on sequences that go on where the streams stand.
template <class Net, class Optimizer, class Loss, class Target, class... Workspace>
typename Net::scalar step_of_streams(const step_options& options, std::span<stream<Net>> streams, Net& net, Optimizer& optimizer,
                                     const Loss& loss, std::span<const typename Net::input_type> xs, std::span<const Target> targets,
                                     Net& grad, Workspace&... workspace) {
  return with_learning_rate(optimizer, options.learning_rate, [&] {
    zero_gradient(grad);
    const auto value = backpropagate_streams<Net>(streams, net, xs, targets, loss, grad, options.seed, workspace...);
    step_along(net, optimizer, grad, options);
    return value;
  });
}

/// Not what stands before a net, see threads.hpp.
template <class Net>
concept a_net = requires { typename Net::topology; };

struct no_validation {};

/// What gives the loss on validation data.
template <class Net, class Loss, class Targets>
auto validation(const Net& net, const Loss& loss, std::span<const typename Net::input_type> vx, const Targets& vy) noexcept {
  require(vx.size() == std::size(vy), "fit", "as many validation targets as samples,", vx.size(), std::size(vy));
  require(!vx.empty(), "fit", "validation samples, at least", 1, vx.size());
  return [&, vx](auto&... workspace) { return evaluate(net, loss, vx, vy, workspace...); };
}

/// The steps of fit() on one thread.
template <class Net>
struct steps_alone {
  workspace_on_heap<Net> place;

  template <class Optimizer, class Loss, class Targets>
  auto step(const step_options& how, Net& net, Optimizer& optimizer, const Loss& loss, std::span<const typename Net::input_type> xs,
            const Targets& targets, Net& grad) {
    return place.give([&](auto&... workspace) { return train_step(net, optimizer, loss, xs, targets, grad, workspace..., how); });
  }
};

/// fit(), `validate` being no_validation or what gives the loss on validation data; `steps` is steps_alone, or has its members.
template <class Net, class Optimizer, class Loss, class Target, class Validate, class Steps, class T = typename Net::scalar>
history<T> fit(Net& net, Optimizer& optimizer, const Loss& loss, std::span<const typename Net::input_type> xs,
               std::span<const Target> targets, const fit_options& options, Validate validate, Steps&& steps) {
  constexpr bool validating = !std::is_same_v<Validate, no_validation>;
  require(xs.size() == targets.size(), "fit", "as many targets as samples,", xs.size(), targets.size());
  require(options.batch_size > 0, "fit", "a batch_size of at least", 1, options.batch_size);
  require(options.freeze.last() <= Net::depth, "fit", "layers to freeze from 1 to", Net::depth, options.freeze.last());
  require(validating || !options.keep_best, "fit", "validation data, vx and vy, for keep_best", "none");
  require(options.allow_zero_weights || xs.empty() || options.epochs == 0 || !learns_nothing(net), "fit",
          "weights that are not all zero, of initialize(net, seed) for example, or .allow_zero_weights = true",
          "several layers of zeros, which would learn nothing");
  require(carries_state<Net> || !options.carry_state, "fit", "a net that goes step by step, without self_attention, for carry_state", "another");
  require_options(optimizer, "fit");
  shuffled_batches<typename Net::input_type, Target> batches(xs, targets, options.seed);
  streams_on_heap<Net> streams(options.carry_state ? options.batch_size : 0);
  history<T> losses;
  const on_heap<Net> grad;
  std::unique_ptr<on_heap<Net>> best;
  double least = (std::numeric_limits<double>::max)();
  std::size_t step = 0;
  for (std::size_t epoch = 0; epoch < options.epochs; ++epoch) {
    if (options.carry_state) streams.begin();
    else batches.shuffle();
    double total = 0;
    for (std::size_t first = 0; first < xs.size(); first += options.batch_size) {
      const std::size_t count = batches.take(first, options.batch_size);
      step_options how{.clip_gradient_norm = options.clip_gradient_norm,
                       .freeze = options.freeze,
                       .seed = static_cast<std::int64_t>(random{options.seed + step}.next() >> 1)};
      ++step;
      if (options.learning_rate) {
        how.learning_rate = options.learning_rate(step - 1);
        require(how.learning_rate >= 0, "fit", "a learning rate of at least 0", "a number below or none");
      }
      const std::span<const typename Net::input_type> batch(batches.xs);
      const T value = [&] {
        if constexpr (carries_state<Net>)
          if (options.carry_state)
            return steps.place.give([&](auto&... workspace) {
              return step_of_streams(how, streams.all().first(count), net, optimizer, loss, batch, as_span(batches.targets), *grad, workspace...);
            });
        return steps.step(how, net, optimizer, loss, batch, batches.targets, *grad);
      }();
      total += static_cast<double>(value) * static_cast<double>(count);
    }
    losses.push_back(static_cast<T>(xs.empty() ? 0 : total / static_cast<double>(xs.size())));
    epoch_result result{epoch, static_cast<double>(losses.back()), math::quiet_nan<double>};
    if constexpr (validating) {
      losses.validation.push_back(steps.place.give(validate));
      result.validation_loss = static_cast<double>(losses.validation.back());
      if (result.validation_loss < least) {
        least = result.validation_loss;
        losses.best = epoch;
        if (options.keep_best && best) **best = net;
        else if (options.keep_best) best = std::make_unique<on_heap<Net>>(net);
      }
    }
    if (options.on_epoch(result)) break;
  }
  if (best) net = **best;
  return losses;
}

} // namespace detail

/// Trains `net` on samples xs with their targets, in batches of random order; the last batch of an epoch may be smaller.
/// Returns the mean loss of each epoch, 0 where there are no samples. The shuffled batch, the gradient, the history and the
/// workspace of a large net are on the heap.
template <class Net, class Optimizer, class Loss, class Targets>
  requires(detail::optimizer_of<Optimizer, Net> && detail::targets_of<Targets, Loss, Net>)
history<typename Net::scalar> fit(Net& net, Optimizer& optimizer, const Loss& loss,
                                  std::span<const typename Net::input_type> xs, const Targets& targets,
                                  const fit_options& options = {}) {
  return detail::fit(net, optimizer, loss, xs, detail::as_span(targets), options, detail::no_validation{}, detail::steps_alone<Net>{});
}

/// The same with validation data vx and vy, whose loss is measured after each epoch, and is in the history and in the third
/// argument of the callback.
template <class Net, class Optimizer, class Loss, class Targets, class ValidationTargets>
  requires(detail::optimizer_of<Optimizer, Net> && detail::targets_of<Targets, Loss, Net> &&
           detail::targets_of<ValidationTargets, Loss, Net>)
history<typename Net::scalar> fit(Net& net, Optimizer& optimizer, const Loss& loss,
                                  std::span<const typename Net::input_type> xs, const Targets& targets,
                                  std::span<const typename Net::input_type> vx, const ValidationTargets& vy,
                                  const fit_options& options = {}) {
  return detail::fit(net, optimizer, loss, xs, detail::as_span(targets), options, detail::validation(net, loss, vx, vy), detail::steps_alone<Net>{});
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class Optimizer, class Loss, class Xs, class Targets>
  requires(detail::a_net<Net> && (!detail::optimizer_of<Optimizer, Net> || !detail::batch_of<Xs, Targets, Loss, Net>))
decltype(detail::say(detail::refused_fit<Optimizer, Xs, Targets, Loss, Net>{}))
fit(Net&, Optimizer&, const Loss&, Xs&&, const Targets&, const fit_options& = {});

template <class Net, class Optimizer, class Loss, class Xs, class Targets, class Vx>
  requires(detail::a_net<Net> && !std::convertible_to<Vx, const fit_options&>)
decltype(detail::say(detail::refused_train_step<Optimizer, detail::refused_validation<Xs, Targets, Loss, Net, Vx>, Net>{}))
fit(Net&, Optimizer&, const Loss&, Xs&&, const Targets&, Vx&&, const fit_options& = {});

template <class Net, class Optimizer, class Loss, class Xs, class Targets, class Vx, class Vy>
  requires(detail::a_net<Net> && !std::same_as<Vy, fit_options> && (!detail::optimizer_of<Optimizer, Net> || !detail::batch_of<Xs, Targets, Loss, Net> || !detail::batch_of<Vx, Vy, Loss, Net>))
decltype(detail::say(
    std::conditional_t<detail::batch_of<Xs, Targets, Loss, Net>, detail::refused_fit<Optimizer, Vx, Vy, Loss, Net>,
                       detail::refused_fit<Optimizer, Xs, Targets, Loss, Net>>{}))
fit(Net&, Optimizer&, const Loss&, Xs&&, const Targets&, Vx&&, const Vy&, const fit_options& = {});

} // namespace inlay
