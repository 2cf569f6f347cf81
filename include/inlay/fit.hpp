#pragma once

#include "inlay/detail/random.hpp"
#include "inlay/train_step.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET {

struct fit_options {
  std::size_t epochs = 1;
  std::size_t batch_size = 32;
  std::uint64_t seed = 0; ///< of the order in which samples are seen, new each epoch
  std::function<void(std::size_t epoch, double loss)> on_epoch{}; ///< called after each epoch, counted from 0
};

/// Trains `net` on samples xs with their targets, in batches of random order; the last batch of an epoch may be smaller.
/// Returns the mean loss of each epoch. The net, its gradient and the optimizer need no heap; the shuffled batch and the
/// history do.
template <class Net, class Optimizer, class Loss, class Targets>
  requires(detail::optimizer_of<Optimizer, Net> && detail::targets_of<Targets, Loss, Net>)
std::vector<typename Net::scalar> fit(Net& net, Optimizer& optimizer, Loss loss,
                                      std::span<const typename Net::input_type> xs, const Targets& target_range,
                                      const fit_options& options = {}) {
  using T = typename Net::scalar;
  const auto targets = detail::as_span(target_range);
  using Target = typename decltype(targets)::value_type;
  detail::require(xs.size() == targets.size(), "fit", "as many targets as samples,", xs.size(), targets.size());
  detail::require(options.batch_size > 0, "fit", "a batch_size of at least", 1, options.batch_size);
  std::vector<std::size_t> order(xs.size());
  for (std::size_t s = 0; s < order.size(); ++s) order[s] = s;
  std::vector<typename Net::input_type> batch_xs;
  std::vector<Target> batch_targets;
  std::vector<T> history;
  detail::random numbers{options.seed};
  auto grad = std::make_unique<Net>();
  for (std::size_t epoch = 0; epoch < options.epochs; ++epoch) {
    for (std::size_t s = order.size(); s > 1; --s) std::swap(order[s - 1], order[numbers.below(s)]);
    double total = 0;
    for (std::size_t first = 0; first < order.size(); first += options.batch_size) {
      const std::size_t count = std::min(options.batch_size, order.size() - first);
      batch_xs.clear();
      batch_targets.clear();
      for (std::size_t s = first; s < first + count; ++s) {
        batch_xs.push_back(xs[order[s]]);
        batch_targets.push_back(targets[order[s]]);
      }
      const T loss_here = train_step(net, optimizer, loss, std::span<const typename Net::input_type>(batch_xs), batch_targets, *grad);
      total += static_cast<double>(loss_here) * static_cast<double>(count);
    }
    history.push_back(static_cast<T>(order.empty() ? 0 : total / static_cast<double>(order.size())));
    if (options.on_epoch) options.on_epoch(epoch, static_cast<double>(history.back()));
  }
  return history;
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class Optimizer, class Loss, class Xs, class Targets>
  requires(!detail::optimizer_of<Optimizer, Net> || !detail::batch_of<Xs, Targets, Loss, Net>)
decltype(detail::say(detail::refused_fit<Optimizer, Xs, Targets, Loss, Net>{}))
fit(Net&, Optimizer&, Loss, Xs&&, const Targets&, const fit_options& = {});

} // namespace inlay
