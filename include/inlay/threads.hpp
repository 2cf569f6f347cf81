#pragma once

#include "inlay/fit.hpp"

#include <algorithm>
#include <barrier>
#include <concepts>
#include <cstddef>
#include <span>
#include <thread>

/// Training on several threads. A leaf: nothing of inlay includes it, so programs without threads never see it.
namespace inlay::inline INLAY_INSTRUCTION_SET {

/// How many threads a fit() may take, the caller's own among them: by default as many as the machine has.
struct threads {
  std::size_t count;
  explicit threads(std::size_t count = std::thread::hardware_concurrency()) : count(count > 0 ? count : 1) {}
};

namespace detail {

/// Of a type of inlay's, so that units for different processors share no barrier's code.
struct nothing_more {
  void operator()() const noexcept {}
};

/// Threads that wait for work, no more of them started once they are there. The caller is one of them.
class team {
public:
  explicit team(std::size_t members) : arrived_(static_cast<std::ptrdiff_t>(members)) {
    for (std::size_t k = 1; k < members; ++k)
      others_.emplace_back([this, k] {
        for (;;) {
          arrived_.arrive_and_wait();
          if (call_ == nullptr) return;
          call_(work_, k);
          arrived_.arrive_and_wait();
        }
      });
  }
  team(const team&) = delete;
  team& operator=(const team&) = delete;
  ~team() {
    call_ = nullptr;
    arrived_.arrive_and_wait();
    for (auto& other : others_) other.join();
  }

  std::size_t members() const noexcept { return others_.size() + 1; }

  /// f(k) on every member k, 0 the caller, until all are done.
  template <class F>
  void run(F f) {
    if (others_.empty()) return f(std::size_t{0});
    work_ = &f;
    call_ = [](void* work, std::size_t k) { (*static_cast<F*>(work))(k); };
    arrived_.arrive_and_wait();
    f(std::size_t{0});
    arrived_.arrive_and_wait();
  }

private:
  std::barrier<nothing_more> arrived_;
  void* work_ = nullptr;
  void (*call_)(void*, std::size_t) = nullptr;
  vector<std::thread> others_;
};

/// A batch's samples are cut into shares, whatever the number of threads, and the gradients of shares are added in their order: so the
/// result is the same for every number of threads.
inline constexpr std::size_t samples_of_share = 64, most_shares = 16;
constexpr std::size_t shares_of(std::size_t samples) noexcept {
  return (std::min)(most_shares, (std::max)(std::size_t{1}, samples / samples_of_share));
}

/// Multiply-adds of a step below which threads would wait for each other longer than they compute: a guess, no bench has a row of it yet.
inline constexpr std::size_t least_work = 4'000'000;

/// The steps of fit() on a team.
template <class Net>
class steps_of_team {
public:
  using T = typename Net::scalar;

  steps_of_team(threads wanted, std::size_t batch_size)
      : team_((std::min)(wanted.count, shares_of(batch_size))), places_(team_.members()),
        gradients_(shares_of(batch_size) > 1 ? shares_of(batch_size) : 0), losses_(gradients_.all().size()) {}

  workspace_on_heap<Net> place; // of what one thread does

  template <class Optimizer, class Loss, class Targets>
  T step(const step_options& how, Net& net, Optimizer& optimizer, const Loss& loss, std::span<const typename Net::input_type> xs,
         const Targets& targets, Net& grad) {
    const std::size_t shares = shares_of(xs.size());
    if (shares < 2)
      return place.give([&](auto&... workspace) { return train_step(net, optimizer, loss, xs, targets, grad, workspace..., how); });
    return with_learning_rate(optimizer, how.learning_rate, [&] {
      const T mean_loss = add_gradients(how.seed, net, loss, xs, as_span(targets), shares, grad);
      step_along(net, optimizer, grad, how);
      return mean_loss;
    });
  }

private:
  /// grad becomes that of the mean loss, which is returned.
  template <class Loss, class Target>
  T add_gradients(std::int64_t seed, const Net& net, const Loss& loss, std::span<const typename Net::input_type> xs,
                  std::span<const Target> targets, std::size_t shares, Net& grad) {
    const T mean = mean_of<Net>(loss, targets);
    const auto gradients = gradients_.all().first(shares);
    const auto of_share = [&](std::size_t s, auto&... workspace) {
      const std::size_t first = s * xs.size() / shares, count = (s + 1) * xs.size() / shares - first;
      const auto pass_of = [&](std::size_t from, std::size_t n) { return training_pass<Net>(seed, first + from, n, xs.size()); };
      zero_gradient(gradients[s]);
      losses_[s] = backpropagate_samples(pass_of, mean, net, xs.subspan(first, count), targets.subspan(first, count), loss, gradients[s], workspace...);
    };
    constexpr std::size_t numbers = Net::topology::storage, line = alignment / sizeof(T);
    const auto sum_from = [&](std::size_t begin, std::size_t end) {
      const kernel::denormals_are_zero guard;
      for (std::size_t k = begin; k < end; ++k) {
        T sum = gradients[0].theta()[k];
        for (std::size_t s = 1; s < shares; ++s) sum += gradients[s].theta()[k];
        grad.theta()[k] = sum;
      }
    };
    const std::size_t members = 3 * xs.size() * Net::multiply_adds < least_work ? 1 : team_.members();
    if (members == 1) {
      for (std::size_t s = 0; s < shares; ++s) place.give([&](auto&... workspace) { of_share(s, workspace...); });
      sum_from(0, numbers);
    } else {
      team_.run([&](std::size_t k) {
        for (std::size_t s = k * shares / members; s < (k + 1) * shares / members; ++s)
          places_[k].give([&](auto&... workspace) { of_share(s, workspace...); });
      });
      team_.run([&](std::size_t k) {
        const auto slice = [&](std::size_t m) { return (std::min)(numbers, (numbers / members / line + 1) * line * m); };
        sum_from(slice(k), slice(k + 1));
      });
    }
    T total = 0;
    for (std::size_t s = 0; s < shares; ++s) total += losses_[s];
    return mean * total;
  }

  team team_;
  vector<workspace_on_heap<Net>> places_; // of each member
  several_on_heap<Net> gradients_;
  vector<T> losses_;
};

} // namespace detail

/// fit() on several threads: the samples of a batch are shared out. A batch of fewer than 128 is one share, as are steps of little work
/// for one thread. The result is the same for every number of threads; of batches of more than one share it is that of fit() without
/// threads but for the order of sums and for which samples a batch_norm takes together. `inlay::fit(inlay::threads(4), net, optimizer, loss, xs, targets, {.batch_size = 256});`
template <class Net, class Optimizer, class Loss, class Targets>
  requires(detail::optimizer_of<Optimizer, Net> && detail::targets_of<Targets, Loss, Net>)
history<typename Net::scalar> fit(const threads& on, Net& net, Optimizer& optimizer, const Loss& loss,
                                  std::span<const typename Net::input_type> xs, const Targets& targets, const fit_options& options = {}) {
  return detail::fit(net, optimizer, loss, xs, detail::as_span(targets), options, detail::no_validation{},
                     detail::steps_of_team<Net>(on, (std::min)(options.batch_size, xs.size())));
}

/// The same with validation data.
template <class Net, class Optimizer, class Loss, class Targets, class ValidationTargets>
  requires(detail::optimizer_of<Optimizer, Net> && detail::targets_of<Targets, Loss, Net> && detail::targets_of<ValidationTargets, Loss, Net>)
history<typename Net::scalar> fit(const threads& on, Net& net, Optimizer& optimizer, const Loss& loss,
                                  std::span<const typename Net::input_type> xs, const Targets& targets,
                                  std::span<const typename Net::input_type> vx, const ValidationTargets& vy, const fit_options& options = {}) {
  return detail::fit(net, optimizer, loss, xs, detail::as_span(targets), options, detail::validation(net, loss, vx, vy),
                     detail::steps_of_team<Net>(on, (std::min)(options.batch_size, xs.size())));
}

// What is refused: declared, never defined; the return type is the error.
template <class Net, class Optimizer, class Loss, class Xs, class Targets, class... Rest>
  requires(!detail::optimizer_of<Optimizer, Net> || !detail::batch_of<Xs, Targets, Loss, Net>)
decltype(detail::say(detail::refused_fit<Optimizer, Xs, Targets, Loss, Net>{}))
fit(const threads&, Net&, Optimizer&, const Loss&, Xs&&, const Targets&, const Rest&...);

} // namespace inlay
