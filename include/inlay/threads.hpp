#pragma once

#include "inlay/fit.hpp"
#include "inlay/parallel/read_ahead.hpp"
#include "inlay/parallel/shares.hpp"
#include "inlay/parallel/team.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <span>
#include <thread>
#include <type_traits>

/// Training on several threads. A leaf: nothing of inlay includes it, so programs without threads never see it.
namespace inlay::inline INLAY_INSTRUCTION_SET {

/// How many threads a fit() may take, the caller's own among them: by default as many as the machine has.
struct threads {
  std::size_t count;
  explicit threads(std::size_t count = std::thread::hardware_concurrency()) : count(count > 0 ? count : 1) {}
};

namespace detail {

/// The steps of fit() on a team.
template <class Net>
class steps_of_team : public steps_alone<Net> { // whose step is that of one share
public:
  using T = typename Net::scalar;

  steps_of_team(threads wanted, std::size_t batch_size)
      : team_((std::min)(wanted.count, shares_of(batch_size))), places_(team_.members()),
        losses_(shares_of(batch_size)) {
    for (std::size_t k = 0; k < team_.members() && losses_.size() > 1; ++k) sums_.emplace_back(losses_.size());
  }

  template <class Optimizer, class Loss, class Batches>
  T step(const step_options& how, Net& net, Optimizer& optimizer, const Loss& loss, Batches& batches, Net& grad) {
    const std::size_t shares = shares_of(batches.xs.size());
    if (shares < 2) return steps_alone<Net>::step(how, net, optimizer, loss, batches, grad);
    return with_learning_rate(optimizer, how.learning_rate, [&] {
      const T mean = mean_of<Net>(loss, as_span(batches.targets));
      const std::size_t members = 3 * batches.xs.size() * Net::multiply_adds < least_work ? 1 : team_.members();
      const std::span losses = std::span<T>(losses_).first(shares);
      add_shares(how.seed, mean, net, loss, batches, losses, members);
      if (members == 1 || !how.freeze.empty() || how.clip_gradient_norm >= 0) {
        in_slices(members, [&](std::size_t at, std::size_t n) { add_members(at, n, members, grad); });
        step_along(net, optimizer, grad, how);
      } else { // what a thread has added it takes the step along
        const auto sum_and = [&](auto f) { in_slices(members, [&](std::size_t at, std::size_t n) { add_members(at, n, members, grad), f(at, n); }); };
        if constexpr (requires { optimizer.descend(net, sliced_gradient<Net, decltype(sum_and)>{grad, sum_and}); })
          optimizer.descend(net, sliced_gradient<Net, decltype(sum_and)>{grad, sum_and});
        else {
          sum_and([](std::size_t, std::size_t) {});
          step_along(net, optimizer, grad, how);
        }
      }
      return mean * sum_of_shares(losses);
    });
  }

  template <class Loss, class Input, class Target>
  T validate(const Net& net, const Loss& loss, const held_out<Input, Target>& data) {
    const std::size_t shares = shares_of(data.xs.size()), members = team_.members();
    vector<double> sums(shares);
    team_.run([&](std::size_t k) {
      places_[k].give([&](auto&... workspace) {
        evaluate_shares(part(k, members, shares), part(k + 1, members, shares), shares, net, loss, data, std::span<double>(sums), workspace...);
      });
    });
    return mean_of_shares<Net>(loss, data, std::span<const double>(sums));
  }

private:
  /// f(k) on so many members.
  void run(std::size_t members, auto f) {
    if (members == 1) f(std::size_t{0});
    else team_.run(f);
  }

  /// Each member the gradient of its shares.
  template <class Loss, class Batches>
  void add_shares(std::int64_t seed, T mean, const Net& net, const Loss& loss, Batches& batches, std::span<T> losses, std::size_t members) {
    const std::size_t shares = losses.size();
    run(members, [&](std::size_t k) {
      places_[k].give([&](auto&... workspace) {
        sums_[k].add(part(k, members, shares), part(k + 1, members, shares), shares, seed, mean, net, loss, batches, losses, workspace...);
      });
    });
  }

  /// f(at, n) on each member for n numbers of its own from `at` on, whole lines.
  void in_slices(std::size_t members, auto f) {
    run(members, [&](std::size_t k) {
      constexpr std::size_t line = alignment / sizeof(T), lines = Net::topology::storage / line;
      const std::size_t begin = part(k, members, lines) * line, end = k + 1 == members ? Net::topology::storage : part(k + 1, members, lines) * line;
      f(begin, end - begin);
    });
  }

  /// These numbers of grad become the sum of all members'.
  void add_members(std::size_t at, std::size_t n, std::size_t members, Net& grad) noexcept {
    add_sums<T>(std::span<T>(grad.theta()).subspan(at, n), [&](auto f) {
      for (std::size_t m = 0; m < members; ++m)
        for (std::size_t s = 0; s < sums_[m].sums().size(); ++s) f(sums_[m].sums()[s], sums_[m].theta(s).subspan(at, n));
    });
  }

  team team_;
  vector<workspace_on_heap<Net>> places_; // of each member
  vector<sums_of_member<Net>> sums_;
  vector<T> losses_;
};

} // namespace detail

/// fit() on several threads: the samples of a batch are shared out. A batch of fewer than 128 is one share, as are steps of little work
/// for one thread. The result is the same for every number of threads; of batches of more than one share it is that of fit() without
/// threads but for the order of sums and for which samples a batch_norm takes together. `inlay::fit(inlay::threads(4), net, optimizer, loss, xs, targets, {.batch_size = 256});`
template <class Net, class Optimizer, class Loss, class Targets, class Checkpoint = detail::no_checkpoint>
  requires detail::trains_on_samples<Net, Optimizer, Loss, Targets, Checkpoint>
history<typename Net::scalar> fit(const threads& on, Net& net, Optimizer& optimizer, const Loss& loss,
                                  std::span<const typename Net::input_type> xs, const Targets& targets, const fit_options& options = {},
                                  const Checkpoint& checkpoint = {}) {
  return detail::fit_samples(net, optimizer, loss, xs, detail::as_span(targets), options, detail::nothing_held_out{},
                             detail::steps_of_team<Net>(on, (std::min)(options.batch_size, xs.size())), checkpoint);
}

/// The same with validation data.
template <class Net, class Optimizer, class Loss, class Targets, class ValidationTargets, class Checkpoint = detail::no_checkpoint>
  requires detail::trains_on_samples<Net, Optimizer, Loss, Targets, Checkpoint, ValidationTargets>
history<typename Net::scalar> fit(const threads& on, Net& net, Optimizer& optimizer, const Loss& loss,
                                  std::span<const typename Net::input_type> xs, const Targets& targets,
                                  std::span<const typename Net::input_type> vx, const ValidationTargets& vy, const fit_options& options = {},
                                  const Checkpoint& checkpoint = {}) {
  return detail::fit_samples(net, optimizer, loss, xs, detail::as_span(targets), options, detail::held_out(vx, detail::as_span(vy)),
                             detail::steps_of_team<Net>(on, (std::min)(options.batch_size, xs.size())), checkpoint);
}

/// The same with a reader, which has a thread of its own and reads a batch while the one before it is learned from.
template <class Net, class Optimizer, class Loss, class Reader, class Checkpoint = detail::no_checkpoint>
  requires detail::trains_on_reader<Net, Optimizer, Loss, Reader, Checkpoint>
history<typename Net::scalar> fit(const threads& on, Net& net, Optimizer& optimizer, const Loss& loss, Reader&& reader,
                                  const fit_options& options = {}, const Checkpoint& checkpoint = {}) {
  return detail::fit(net, optimizer, loss, detail::batches_read_ahead<typename Net::input_type, std::remove_reference_t<Reader>>(reader),
                     options, detail::nothing_held_out{}, detail::steps_of_team<Net>(on, options.batch_size), checkpoint);
}

/// The same with a reader and validation data, which are in memory.
template <class Net, class Optimizer, class Loss, class Reader, class ValidationTargets, class Checkpoint = detail::no_checkpoint>
  requires(detail::trains_on_reader<Net, Optimizer, Loss, Reader, Checkpoint> && detail::targets_of<ValidationTargets, Loss, Net>)
history<typename Net::scalar> fit(const threads& on, Net& net, Optimizer& optimizer, const Loss& loss, Reader&& reader,
                                  std::span<const typename Net::input_type> vx, const ValidationTargets& vy, const fit_options& options = {},
                                  const Checkpoint& checkpoint = {}) {
  return detail::fit(net, optimizer, loss, detail::batches_read_ahead<typename Net::input_type, std::remove_reference_t<Reader>>(reader),
                     options, detail::held_out(vx, detail::as_span(vy)), detail::steps_of_team<Net>(on, options.batch_size), checkpoint);
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class Optimizer, class Loss, class Xs, class Targets, class... Rest>
  requires((!detail::optimizer_of<Optimizer, Net> || !detail::batch_of<Xs, Targets, Loss, Net>) && !std::same_as<Targets, fit_options> &&
           !sample_reader<std::remove_reference_t<Xs>, Net, Loss>)
decltype(detail::say(detail::refused_fit<Optimizer, Xs, Targets, Loss, Net>{}))
fit(const threads&, Net&, Optimizer&, const Loss&, Xs&&, const Targets&, const Rest&...);

template <class Net, class Optimizer, class Loss, class X>
  requires(!sample_reader<std::remove_reference_t<X>, Net, Loss>)
decltype(detail::say(detail::refused_without_targets<Optimizer, X, Loss, Net>{}))
fit(const threads&, Net&, Optimizer&, const Loss&, X&&, const fit_options& = {});

} // namespace inlay
