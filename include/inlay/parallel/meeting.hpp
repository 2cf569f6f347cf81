#pragma once

#include "inlay/instruction_set.hpp"

#include <atomic>
#include <cstddef>
#include <thread>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Where so many threads wait for each other, again and again. Who waits asks for some milliseconds before he sleeps: to be woken
/// takes a thread of a virtual machine as long as a batch (std::barrier: 1.25 times as fast on two threads where this is 1.7).
class meeting {
public:
  explicit meeting(std::size_t members) noexcept : members_(members) {}

  void arrive_and_wait() noexcept {
    const std::size_t turn = turn_.load(std::memory_order_acquire);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == members_.load(std::memory_order_acquire)) return go_on(turn);
    for (int asked = 0; turn_.load(std::memory_order_acquire) == turn; ++asked)
      if (asked < patience) std::this_thread::yield();
      else turn_.wait(turn, std::memory_order_acquire);
  }
  /// One fewer is waited for from now on: of those that have not come yet.
  void drop() noexcept { members_.fetch_sub(1, std::memory_order_acq_rel); }

private:
  static constexpr int patience = 20000;

  void go_on(std::size_t turn) noexcept {
    arrived_.store(0, std::memory_order_relaxed);
    turn_.store(turn + 1, std::memory_order_release);
    turn_.notify_all();
  }

  std::atomic<std::size_t> members_, arrived_ = 0, turn_ = 0;
};

} // namespace inlay::detail
