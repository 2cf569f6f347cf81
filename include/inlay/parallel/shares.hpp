#pragma once

#include "inlay/backpropagate.hpp"
#include "inlay/evaluate.hpp"
#include "inlay/fit/loop.hpp"
#include "inlay/heap.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <span>

/// A batch's samples are cut into shares, as many as its size says, whoever works on them: threads, ranks, or one thread alone. The
/// gradients of shares are added as a binary tree over their numbers, neighbours first. So the sum is the same bit for bit, whoever
/// had which share, and its rounding grows with the logarithm of their number.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

inline constexpr std::size_t samples_of_share = 64, most_shares = 1024;
constexpr std::size_t shares_of(std::size_t samples) noexcept {
  return (std::min)(most_shares, (std::max)(std::size_t{1}, samples / samples_of_share));
}

/// Multiply-adds of a step below which one member does all of it: below that two would wait for each other longer than they compute,
/// see thread_scaling.
inline constexpr std::size_t least_work = 2'000'000;

/// Members k = 0, 1, ... of so many take the things from part(k, ...) to part(k + 1, ...).
constexpr std::size_t part(std::size_t k, std::size_t members, std::size_t things) noexcept { return k * things / members; }

/// Shares next to each other whose gradients have been added: `count`, a power of two, from `first` on, a multiple of it.
struct summed_shares {
  std::size_t first, count;
};

/// The most sums of one member's shares, of so many in all, that wait for those of others: two of each size; and the share that arrives.
constexpr std::size_t most_sums(std::size_t shares) noexcept { return 2 * static_cast<std::size_t>(std::bit_width(shares)); }

/// Which sums are added to which as shares arrive in their order.
class order_of_sums {
public:
  /// Sum at_end() is of these shares. add(k): sum k takes in sum k + 1.
  constexpr void push(summed_shares next, auto add) noexcept {
    sums_[count_++] = next;
    while (count_ > 1 && are_halves(sums_[count_ - 2], sums_[count_ - 1])) {
      --count_;
      sums_[count_ - 1].count *= 2;
      add(count_ - 1);
    }
  }
  /// No more arrive: what is left goes into sum 0, the last first.
  constexpr void finish(auto add) noexcept {
    for (; count_ > 1; --count_) add(count_ - 2);
  }

  constexpr void clear() noexcept { count_ = 0; }
  constexpr std::size_t at_end() const noexcept { return count_; }
  constexpr std::span<const summed_shares> sums() const noexcept { return std::span(sums_).first(count_); }

private:
  static constexpr bool are_halves(summed_shares a, summed_shares b) noexcept { return a.count == b.count && a.first % (2 * a.count) == 0; }

  std::array<summed_shares, most_sums(most_shares)> sums_{};
  std::size_t count_ = 0;
};

/// to[i] += from[i].
template <class T>
void add_to(std::span<T> to, std::span<const T> from) noexcept {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

/// The gradients of the shares that one member works on, and their losses.
template <class Net>
class sums_of_member {
public:
  using T = typename Net::scalar;

  /// For batches of at most so many shares.
  explicit sums_of_member(std::size_t shares) : gradients_(most_sums(shares)) {}

  /// Those of shares first to last - 1 of `shares` of a batch, whose samples are fetched; losses[s] is the sum of those of share s.
  template <class Loss, class Batches, class... Workspace>
  void add(std::size_t first, std::size_t last, std::size_t shares, std::int64_t seed, T mean, const Net& net, const Loss& loss,
           Batches& batches, std::span<T> losses, Workspace&... workspace) {
    const kernel::denormals_are_zero guard;
    const std::span<const typename Net::input_type> xs(batches.xs);
    const auto targets = as_span(batches.targets);
    batches.fetch(part(first, shares, xs.size()), part(last, shares, xs.size()));
    order_.clear();
    for (std::size_t s = first; s < last; ++s) {
      const std::size_t begin = part(s, shares, xs.size()), count = part(s + 1, shares, xs.size()) - begin;
      const auto pass_of = [&](std::size_t from, std::size_t n) { return training_pass<Net>(seed, begin + from, n, xs.size()); };
      Net& gradient = gradients_.all()[order_.at_end()];
      zero_gradient(gradient);
      losses[s] = backpropagate_samples(pass_of, mean, net, xs.subspan(begin, count), targets.subspan(begin, count), loss, gradient, workspace...);
      order_.push({s, 1}, [&](std::size_t k) { add_to<T>(theta(k), theta(k + 1)); });
    }
  }

  std::span<const summed_shares> sums() const noexcept { return order_.sums(); }
  std::span<T> theta(std::size_t k) noexcept { return gradients_.all()[k].theta(); }

private:
  several_on_heap<Net> gradients_;
  order_of_sums order_;
};

/// Of shares first to last - 1 of `shares` of validation data the sum of the losses each, in `sums`.
template <class Net, class Loss, class Input, class Target>
void evaluate_shares(std::size_t first, std::size_t last, std::size_t shares, const Net& net, const Loss& loss, const held_out<Input, Target>& data,
                     std::span<double> sums, auto&... workspace) noexcept {
  for (std::size_t s = first; s < last; ++s) {
    const std::size_t begin = part(s, shares, data.xs.size()), count = part(s + 1, shares, data.xs.size()) - begin;
    sums[s] = sum_of_losses(net, loss, data.xs.subspan(begin, count), data.targets.subspan(begin, count), workspace...);
  }
}
/// The mean of all.
template <class Net, class Loss, class Input, class Target>
typename Net::scalar mean_of_shares(const Loss& loss, const held_out<Input, Target>& data, std::span<const double> sums) noexcept {
  double total = 0;
  for (const double sum : sums) total += sum;
  return mean_loss<Net>(total, loss, data.targets);
}

/// Numbers begin to end - 1 of the gradient of all shares, out of the sums of members, which are in the order of their shares:
/// for_each(f) calls f(shares, numbers) for each. The sums are changed.
template <class T>
void add_sums(std::span<T> result, auto for_each) noexcept {
  const kernel::denormals_are_zero guard;
  std::array<std::span<T>, most_sums(most_shares) + 1> at{};
  order_of_sums order;
  const auto add = [&](std::size_t k) { add_to<T>(at[k], at[k + 1]); };
  for_each([&](summed_shares shares, std::span<T> numbers) {
    at[order.at_end()] = numbers;
    order.push(shares, add);
  });
  order.finish(add);
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = at[0][i];
}

/// The sum of the losses of all shares, added as their gradients are.
template <class T>
T sum_of_shares(std::span<T> losses) noexcept {
  T result = 0;
  add_sums<T>(std::span(&result, 1), [&](auto f) {
    for (std::size_t s = 0; s < losses.size(); ++s) f(summed_shares{s, 1}, losses.subspan(s, 1));
  });
  return result;
}

} // namespace inlay::detail
