#pragma once

#include "inlay/fit/loop.hpp"
#include "inlay/mpi/last_words.hpp"
#include "inlay/parallel/shares.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <climits>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <mpi.h>
#include <span>
#include <string>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A communicator of inlay's own, so that no message of the program's is taken for one of these.
class ranks {
public:
  explicit ranks(MPI_Comm of) {
    MPI_Comm_dup(of, &all_);
    MPI_Comm_rank(all_, &own_);
    MPI_Comm_size(all_, &count_);
  }
  ranks(const ranks&) = delete;
  ranks& operator=(const ranks&) = delete;
  ~ranks() { MPI_Comm_free(&all_); }

  MPI_Comm all() const noexcept { return all_; }
  std::size_t own() const noexcept { return static_cast<std::size_t>(own_); }
  std::size_t count() const noexcept { return static_cast<std::size_t>(count_); }

  /// What rank 0 has becomes that of all.
  void give(void* bytes, std::size_t count) const { MPI_Bcast(bytes, as_count(count), MPI_BYTE, 0, all_); }
  template <class T>
    requires std::is_trivially_copyable_v<T>
  void give(T& value) const {
    give(&value, sizeof(T));
  }
  template <class T>
  void give(vector<T>& values) const {
    std::size_t size = values.size();
    give(size);
    values.resize(size);
    give(values.data(), size * sizeof(T));
  }
  template <class Net>
  void give_parameters(Net& net) const {
    give(net.theta().data(), net.theta().size_bytes());
  }

  static int as_count(std::size_t n) noexcept {
    require(n <= std::size_t{INT_MAX}, "mpi::fit", "messages of at most so many bytes, for nets and optimizers,", std::size_t{INT_MAX}, n);
    return static_cast<int>(n);
  }

private:
  MPI_Comm all_ = MPI_COMM_NULL;
  int own_ = 0, count_ = 1;
};

/// How things are shared out: rank k has counts[k] of them from begins[k] on.
struct shared_out {
  explicit shared_out(std::size_t ranks) : counts(ranks), begins(ranks) {}

  vector<int> counts, begins;

  void give(std::size_t k, std::size_t begin, std::size_t count) noexcept {
    begins[k] = ranks::as_count(begin);
    counts[k] = ranks::as_count(count);
  }
};

/// The steps of fit() on ranks.
template <class Net>
class steps_of_ranks : public steps_alone<Net> { // whose step is that of one share
public:
  using T = typename Net::scalar;

  steps_of_ranks(const ranks& on, std::size_t batch_size)
      : on_(on), sums_(shares_of(batch_size)), losses_(shares_of(batch_size)), slices_(on.count()), shares_of_rank_(on.count()), sent_(on.count()), got_(on.count()) {
    for (std::size_t k = 0; k < on.count(); ++k)
      slices_.give(k, part(k, on.count(), numbers), part(k + 1, on.count(), numbers) - part(k, on.count(), numbers));
  }

  template <class Optimizer, class Loss, class Batches>
  T step(const step_options& how, Net& net, Optimizer& optimizer, const Loss& loss, Batches& batches, Net& grad) {
    const std::size_t shares = shares_of(batches.xs.size());
    if (shares < 2) return steps_alone<Net>::step(how, net, optimizer, loss, batches, grad);
    return with_learning_rate(optimizer, how.learning_rate, [&] {
      const T mean_loss = add_gradients(how.seed, net, loss, batches, shares, grad);
      step_along(net, optimizer, grad, how);
      return mean_loss;
    });
  }

  template <class Loss, class Input, class Target>
  T validate(const Net& net, const Loss& loss, const held_out<Input, Target>& data) {
    const std::size_t shares = shares_of(data.xs.size()), count = on_.count(), own = on_.own();
    vector<double> sums(shares);
    this->place.give([&](auto&... workspace) {
      evaluate_shares(part(own, count, shares), part(own + 1, count, shares), shares, net, loss, data, std::span<double>(sums), workspace...);
    });
    for (std::size_t k = 0; k < count; ++k) shares_of_rank_.give(k, part(k, count, shares), part(k + 1, count, shares) - part(k, count, shares));
    MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DOUBLE, sums.data(), shares_of_rank_.counts.data(), shares_of_rank_.begins.data(), MPI_DOUBLE, on_.all());
    return mean_of_shares<Net>(loss, data, std::span<const double>(sums));
  }

private:
  static constexpr std::size_t numbers = Net::topology::storage;
  static MPI_Datatype type() noexcept { return std::is_same_v<T, double> ? MPI_DOUBLE : MPI_FLOAT; }

  /// grad becomes that of the mean loss, which is returned.
  template <class Loss, class Batches>
  T add_gradients(std::int64_t seed, const Net& net, const Loss& loss, Batches& batches, std::size_t shares, Net& grad) {
    const T mean = mean_of<Net>(loss, as_span(batches.targets));
    const std::span losses = std::span<T>(losses_).first(shares);
    const bool together = on_.count() > 1 && 3 * batches.xs.size() * Net::multiply_adds >= least_work;
    const std::size_t members = together ? on_.count() : 1, own = together ? on_.own() : 0;
    this->place.give([&](auto&... workspace) {
      sums_.add(part(own, members, shares), part(own + 1, members, shares), shares, seed, mean, net, loss, batches, losses, workspace...);
    });
    if (together) add_sums_of_ranks(shares, losses, grad);
    else
      add_sums<T>(grad.theta(), [&](auto f) {
        for (std::size_t k = 0; k < sums_.sums().size(); ++k) f(sums_.sums()[k], sums_.theta(k));
      });
    return mean * sum_of_shares(losses);
  }

  /// Each rank adds its slice of the numbers of all ranks' sums, then all get all slices.
  void add_sums_of_ranks(std::size_t shares, std::span<T> losses, Net& grad) {
    const std::size_t count = on_.count(), own = on_.own();
    vector<order_of_sums> orders(count);
    std::size_t rounds = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t first = part(k, count, shares), last = part(k + 1, count, shares);
      shares_of_rank_.give(k, first, last - first);
      for (std::size_t s = first; s < last; ++s) orders[k].push({s, 1}, [](std::size_t) {});
      rounds = (std::max)(rounds, orders[k].sums().size());
    }
    const auto slice = static_cast<std::size_t>(slices_.counts[own]);
    received_.resize(count * rounds * slice);
    const auto received = [&](std::size_t k, std::size_t round) { return std::span<T>(received_).subspan((k * rounds + round) * slice, slice); };
    for (std::size_t round = 0; round < rounds; ++round) {
      const bool sends = round < orders[own].sums().size();
      for (std::size_t k = 0; k < count; ++k) {
        sent_.give(k, static_cast<std::size_t>(slices_.begins[k]), sends ? static_cast<std::size_t>(slices_.counts[k]) : 0);
        got_.give(k, (k * rounds + round) * slice, round < orders[k].sums().size() ? slice : 0);
      }
      MPI_Alltoallv(sums_.theta(sends ? round : 0).data(), sent_.counts.data(), sent_.begins.data(), type(), received_.data(),
                    got_.counts.data(), got_.begins.data(), type(), on_.all());
    }
    add_sums<T>(std::span<T>(grad.theta()).subspan(static_cast<std::size_t>(slices_.begins[own]), slice), [&](auto f) {
      for (std::size_t k = 0; k < count; ++k)
        for (std::size_t round = 0; round < orders[k].sums().size(); ++round) f(orders[k].sums()[round], received(k, round));
    });
    MPI_Allgatherv(MPI_IN_PLACE, 0, type(), grad.theta().data(), slices_.counts.data(), slices_.begins.data(), type(), on_.all());
    MPI_Allgatherv(MPI_IN_PLACE, 0, type(), losses.data(), shares_of_rank_.counts.data(), shares_of_rank_.begins.data(), type(), on_.all());
  }

  const ranks& on_;
  sums_of_member<Net> sums_;
  vector<T> losses_, received_;
  shared_out slices_, shares_of_rank_, sent_, got_;
};

/// FNV-1a of a net's parameters and statistics.
template <class Net>
std::size_t digest_of(const Net& net) noexcept {
  std::uint64_t digest = 0xcbf29ce484222325u;
  for (const auto number : net.theta()) {
    const auto bits = static_cast<std::uint64_t>(std::bit_cast<std::conditional_t<sizeof(number) == 4, std::uint32_t, std::uint64_t>>(number));
    digest = (digest ^ bits) * 0x100000001b3u;
  }
  return static_cast<std::size_t>(digest);
}

/// What has to be alike on all ranks, else all of them end here.
inline void require_alike_on(const ranks& on, const char* what, std::size_t value, bool shows = true) {
  std::array<std::uint64_t, 2> found{value, ~std::uint64_t{value}};
  MPI_Allreduce(MPI_IN_PLACE, found.data(), 2, MPI_UINT64_T, MPI_MIN, on.all());
  if (found[0] == ~found[1]) return;
  char line[300], numbers[60] = "several";
  if (shows) std::snprintf(numbers, sizeof numbers, "from %zu to %zu", static_cast<std::size_t>(found[0]), static_cast<std::size_t>(~found[1]));
  std::snprintf(line, sizeof line, "wanted %s on all ranks; found %s", what, numbers);
  if (on.own() == 0) last_words::end_all(on.all(), line);
  MPI_Barrier(on.all()); // until all are ended
}

/// Batches of readers, of which each rank has one.
template <class Input, class Reader>
class batches_of_ranks : public batches_of_reader<Input, Reader> {
public:
  batches_of_ranks(const ranks& on, Reader& reader) noexcept : batches_of_reader<Input, Reader>(reader), on_(on) {}

  std::size_t next(std::size_t size) {
    const std::size_t count = batches_of_reader<Input, Reader>::next(size);
    require_alike_on(on_, "readers that give the same samples, so many for a batch,", count);
    return count;
  }

private:
  const ranks& on_;
};

/// Rank 0's checkpoint, with what every rank has to know of it.
template <class Checkpoint>
struct checkpoint_of_ranks {
  const ranks& on;
  const Checkpoint& own;
  last_words& words;

  template <class Net, class Optimizer>
  void resume(Net& net, Optimizer& optimizer, course<Net>& at, const fit_options& options) const {
    static_assert(std::is_trivially_copyable_v<Optimizer> && std::is_copy_assignable_v<Optimizer>,
                  "mpi::fit gives rank 0's optimizer to all: it has to be trivially copyable and hold its moments, which adam<net_t&> does not");
    if (on.own() == 0) own.resume(net, optimizer, at, options);
    on.give_parameters(net);
    on.give(optimizer);
    on.give(at.epoch);
    on.give(at.step);
    on.give(at.least);
    on.give(static_cast<vector<typename Net::scalar>&>(at.losses));
    on.give(at.losses.validation);
    on.give(at.losses.best);
    on.give(at.stopped);
    bool has_best = !at.best.empty();
    on.give(has_best);
    if (has_best) {
      if (at.best.empty()) at.best.emplace_back();
      on.give_parameters(*at.best.front());
    }
    words.kept(at.epoch);
  }

  /// After an epoch all ranks have one net, or they were given different things. What a callback of rank 0's has changed of net or
  /// optimizer, a learning rate for example, all get.
  template <class Net, class Optimizer>
  bool keep(Net& net, Optimizer& optimizer, const course<Net>& at, const fit_options& options) const {
    on.give_parameters(net);
    on.give(optimizer);
    bool kept = on.own() == 0 && own.keep(net, optimizer, at, options);
    on.give(kept);
    if (kept) words.kept(at.epoch);
    return kept;
  }
};

/// run(ranks, options, checkpoint), these two being those of ranks.
template <class Net, class Checkpoint>
auto fit_on_ranks(MPI_Comm of, const Net& net, std::size_t samples, std::size_t held_out, const fit_options& options, const Checkpoint& checkpoint, auto run) {
  const ranks on(of);
  require_alike_on(on, "the same number of samples", samples);
  require_alike_on(on, "the same number of validation samples", held_out);
  require_alike_on(on, "the same options.epochs", options.epochs);
  require_alike_on(on, "the same options.batch_size", options.batch_size);
  require_alike_on(on, "the same options.seed", static_cast<std::size_t>(options.seed));
  require_alike_on(on, "the same options.carry_state", options.carry_state);
  require_alike_on(on, "the same options.keep_best", options.keep_best);
  last_words words(on.all(), checkpoint.name());
  fit_options of_ranks = options;
  of_ranks.on_epoch = [&](std::size_t epoch, double loss, double validation_loss) {
    if (on.count() > 1) require_alike_on(on, "the same net after each epoch, of the same samples, options and functions", digest_of(net), false);
    bool stops = on.own() == 0 && options.on_epoch({epoch, loss, validation_loss});
    on.give(stops);
    return stop_training{stops};
  };
  try {
    return run(on, of_ranks, checkpoint_of_ranks<Checkpoint>{on, checkpoint, words});
  } catch (const std::exception& thrown) {
    last_words::end_rank(on.all(), thrown.what());
  } catch (...) {
    last_words::end_rank(on.all(), "something that is no std::exception was thrown");
  }
}

} // namespace inlay::detail
