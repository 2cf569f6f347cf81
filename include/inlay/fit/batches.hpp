#pragma once

#include "inlay/heap.hpp"
#include "inlay/random.hpp"
#include "inlay/refusal/require.hpp"
#include "inlay/target.hpp"

#include <cstddef>
#include <span>
#include <utility>

/// Where fit() has its batches from: begin(epoch), then next(size), which fills `targets` and returns how many there are, 0 at
/// the epoch's end; fetch(first, last) puts those of them into `xs`, of several threads each its own; most() are in an epoch at most.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A target as fit keeps it for a batch: a class, whatever its type, as a number.
template <class Target>
constexpr auto kept_target(const Target& target) noexcept {
  if constexpr (class_index<Target>) return class_number(target);
  else return target;
}

/// Samples in memory, in random order, another for each epoch; or in their own.
template <class Input, class Target>
class batches_in_memory {
public:
  static constexpr bool may_throw = false;

  batches_in_memory(std::span<const Input> all, std::span<const Target> all_targets, std::uint64_t seed, bool in_order)
      : xs_(all), targets_(all_targets), numbers_{seed}, order_(all.size()), in_order_(in_order) {
    require(xs_.size() == targets_.size(), "fit", "as many targets as samples,", xs_.size(), targets_.size());
    for (std::size_t s = 0; s < order_.size(); ++s) order_[s] = s;
  }

  std::size_t most() const noexcept { return order_.size(); }

  void begin(std::size_t epoch) noexcept {
    first_ = 0;
    for (; !in_order_ && shuffles_ <= epoch; ++shuffles_) shuffle();
  }

  std::size_t next(std::size_t size) {
    const std::size_t left = order_.size() - first_, count = left < size ? left : size;
    xs.resize(count);
    targets.clear();
    here_ = first_;
    for (const std::size_t end = first_ + count; first_ < end; ++first_) targets.push_back(kept_target(targets_[order_[first_]]));
    return count;
  }
  void fetch(std::size_t first, std::size_t last) noexcept {
    for (std::size_t k = first; k < last; ++k) xs[k] = xs_[order_[here_ + k]];
  }

  vector<Input> xs;
  vector<decltype(kept_target(std::declval<const Target&>()))> targets;

private:
  void shuffle() noexcept {
    for (std::size_t s = order_.size(); s > 1; --s) {
      const std::size_t other = static_cast<std::size_t>(numbers_.below(s)), last = order_[s - 1];
      order_[s - 1] = order_[other];
      order_[other] = last;
    }
  }

  std::span<const Input> xs_;
  std::span<const Target> targets_;
  random numbers_;
  vector<std::size_t> order_;
  std::size_t first_ = 0, here_ = 0, shuffles_ = 0;
  bool in_order_;
};

/// Samples of a reader, in its order: read while nothing else is done.
template <class Input, class Reader>
class batches_of_reader {
public:
  static constexpr bool may_throw = true;

  explicit batches_of_reader(Reader& reader) noexcept : reader_(reader) {}

  constexpr std::size_t most() const noexcept { return static_cast<std::size_t>(-1); }
  void begin(std::size_t epoch) {
    reader_.begin(epoch);
    ended_ = false;
  }

  std::size_t next(std::size_t size) {
    xs.resize(size);
    targets.resize(size);
    const std::size_t count = ended_ ? 0 : reader_.read(std::span(xs), std::span(targets));
    require(count <= size, "fit", "a reader that returns how many samples it has read, at most", size, count);
    ended_ = count < size;
    xs.resize(count);
    targets.resize(count);
    return count;
  }

  static constexpr void fetch(std::size_t, std::size_t) noexcept {}

  vector<Input> xs;
  vector<typename Reader::target_type> targets;

private:
  Reader& reader_;
  bool ended_ = false;
};

} // namespace inlay::detail
