#pragma once

#include "inlay/evaluate.hpp"
#include "inlay/fit/batches.hpp"
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
#include <span>
#include <type_traits>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

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

struct nothing_held_out {};

/// Validation data.
template <class Input, class Target>
struct held_out {
  std::span<const Input> xs;
  std::span<const Target> targets;

  held_out(std::span<const Input> vx, std::span<const Target> vy) noexcept : xs(vx), targets(vy) {
    require(vx.size() == vy.size(), "fit", "as many validation targets as samples,", vx.size(), vy.size());
    require(!vx.empty(), "fit", "validation samples, at least", 1, vx.size());
  }
};

/// All of a batch.
template <class Net, class Batches>
std::span<const typename Net::input_type> fetched(Batches& batches) noexcept {
  batches.fetch(0, batches.xs.size());
  return batches.xs;
}

/// The steps of fit() on one thread.
template <class Net>
struct steps_alone {
  workspace_on_heap<Net> place;

  template <class Optimizer, class Loss, class Batches>
  auto step(const step_options& how, Net& net, Optimizer& optimizer, const Loss& loss, Batches& batches, Net& grad) {
    const auto batch = fetched<Net>(batches);
    return place.give([&](auto&... workspace) { return train_step(net, optimizer, loss, batch, batches.targets, grad, workspace..., how); });
  }
  template <class Loss, class Input, class Target>
  auto validate(const Net& net, const Loss& loss, const held_out<Input, Target>& data) {
    return place.give([&](auto&... workspace) { return evaluate_batch(net, loss, data.xs, data.targets, workspace...); });
  }
};

/// Between two epochs of fit(): all but net and optimizer that the next ones go on from.
template <class Net>
struct course {
  std::size_t epoch = 0, step = 0; // which come next
  bool validates = false, stopped = false; // whether there are validation data; a callback has ended it
  history<typename Net::scalar> losses{};
  double least = (std::numeric_limits<double>::max)(); // validation loss
  vector<on_heap<Net>> best{};                         // with .keep_best, the net that had it, or none yet
};

/// Where a fit() goes on from, and what it keeps. resume() is called before the first epoch; keep() after each, and says whether
/// there is a new one.
template <class C, class Net, class Optimizer>
concept checkpoint_of = requires(const C& c, Net& net, Optimizer& optimizer, course<Net>& at, const fit_options& options) {
  c.resume(net, optimizer, at, options);
  { c.keep(net, optimizer, at, options) } -> std::same_as<bool>;
};
struct no_checkpoint {
  static void resume(const auto&...) noexcept {}
  static bool keep(const auto&...) noexcept { return false; }
  static const char* name() noexcept { return ""; }
};

/// A net and its optimizer after the last whole epoch, which they are again if what fit() calls throws.
template <class Net, class Optimizer>
class last_whole_epoch {
public:
  static_assert(std::is_copy_assignable_v<Optimizer>, "fit() on a reader keeps a copy of net and optimizer, for when the reader fails: an "
                                                      "optimizer that can be assigned, not adam<net_t&>");
  last_whole_epoch(Net& net, Optimizer& optimizer) : net_(net), optimizer_(optimizer), kept_net_(net), kept_optimizer_(optimizer) {}
  last_whole_epoch(const last_whole_epoch&) = delete;
  last_whole_epoch& operator=(const last_whole_epoch&) = delete;
  ~last_whole_epoch() {
    if (whole_) return;
    net_ = *kept_net_;
    optimizer_ = *kept_optimizer_;
  }

  void begin() noexcept { whole_ = false; }
  void end() {
    *kept_net_ = net_;
    *kept_optimizer_ = optimizer_;
    whole_ = true;
  }

private:
  Net& net_;
  Optimizer& optimizer_;
  on_heap<Net> kept_net_;
  on_heap<Optimizer> kept_optimizer_;
  bool whole_ = true;
};
/// Where nothing that is called throws.
struct no_way_back {
  constexpr no_way_back(auto&...) noexcept {}
  constexpr void begin() noexcept {}
  constexpr void end() noexcept {}
};

/// fit(), `validation` being nothing_held_out or held_out; `steps` is steps_alone, or has its members;
/// `batches` is one of batches.hpp, or has its members.
template <class Net, class Optimizer, class Loss, class Batches, class Validation, class Steps, class Checkpoint, class T = typename Net::scalar>
history<T> fit(Net& net, Optimizer& optimizer, const Loss& loss, Batches&& batches, const fit_options& options, const Validation& validation,
               Steps&& steps, const Checkpoint& checkpoint) {
  constexpr bool validating = !std::is_same_v<Validation, nothing_held_out>;
  require(options.batch_size > 0, "fit", "a batch_size of at least", 1, options.batch_size);
  require(options.freeze.last() <= Net::depth, "fit", "layers to freeze from 1 to", Net::depth, options.freeze.last());
  require(validating || !options.keep_best, "fit", "validation data, vx and vy, for keep_best", "none");
  require(carries_state<Net> || !options.carry_state, "fit", "a net that goes step by step, without self_attention, for carry_state", "another");
  require_options(optimizer, "fit");
  course<Net> at{.validates = validating};
  checkpoint.resume(net, optimizer, at, options);
  require(options.allow_zero_weights || batches.most() == 0 || options.epochs == 0 || !learns_nothing(net), "fit",
          "weights that are not all zero, of initialize(net, seed) for example, or .allow_zero_weights = true",
          "several layers of zeros, which would learn nothing");
  streams_on_heap<Net> streams(!options.carry_state ? 0 : options.batch_size < batches.most() ? options.batch_size
                                                                                              : batches.most());
  const on_heap<Net> grad;
  std::conditional_t<std::remove_cvref_t<Batches>::may_throw, last_whole_epoch<Net, Optimizer>, no_way_back> whole(net, optimizer);
  while (at.epoch < options.epochs && !at.stopped) {
    if (options.carry_state) streams.begin();
    whole.begin();
    batches.begin(at.epoch);
    double total = 0;
    std::size_t samples = 0;
    while (const std::size_t count = batches.next(options.batch_size)) {
      step_options how{.clip_gradient_norm = options.clip_gradient_norm,
                       .freeze = options.freeze,
                       .seed = static_cast<std::int64_t>(random{options.seed + at.step}.next() >> 1)};
      if (options.learning_rate) {
        how.learning_rate = options.learning_rate(at.step);
        require(how.learning_rate >= 0, "fit", "a learning rate of at least 0", "a number below or none");
      }
      ++at.step;
      const T value = [&] {
        if constexpr (carries_state<Net>)
          if (options.carry_state)
            return steps.place.give([&](auto&... workspace) {
              const auto batch = fetched<Net>(batches);
              return step_of_streams(how, streams.all().first(count), net, optimizer, loss, batch, as_span(batches.targets), *grad, workspace...);
            });
        return steps.step(how, net, optimizer, loss, batches, *grad);
      }();
      total += static_cast<double>(value) * static_cast<double>(count);
      samples += count;
    }
    whole.end();
    auto& losses = at.losses;
    losses.push_back(static_cast<T>(samples == 0 ? 0 : total / static_cast<double>(samples)));
    epoch_result result{at.epoch, static_cast<double>(losses.back()), math::quiet_nan<double>};
    if constexpr (validating) {
      losses.validation.push_back(steps.validate(net, loss, validation));
      result.validation_loss = static_cast<double>(losses.validation.back());
      if (result.validation_loss < at.least) {
        at.least = result.validation_loss;
        losses.best = at.epoch;
        if (options.keep_best && at.best.empty()) at.best.emplace_back(net);
        else if (options.keep_best) *at.best.front() = net;
      }
    }
    ++at.epoch;
    at.stopped = options.on_epoch(result);
    checkpoint.keep(net, optimizer, at, options);
  }
  if (!at.best.empty()) net = *at.best.front();
  return std::move(at.losses);
}

} // namespace inlay::detail
