#pragma once

#include "inlay/heap.hpp"
#include "inlay/parallel/meeting.hpp"

#include <cstddef>
#include <thread>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Threads that wait for work, no more of them started once they are there. The caller is one of them.
class team {
public:
  explicit team(std::size_t members) : meeting_(members), others_{*this, members - 1} {
    others_.threads.reserve(members - 1);
    for (std::size_t k = 1; k < members; ++k)
      others_.threads.emplace_back([this, k] {
        for (;;) {
          meeting_.arrive_and_wait();
          if (call_ == nullptr) return;
          call_(work_, k);
          meeting_.arrive_and_wait();
        }
      });
  }
  team(const team&) = delete;
  team& operator=(const team&) = delete;

  std::size_t members() const noexcept { return others_.threads.size() + 1; }

  /// f(k) on every member k, 0 the caller, until all are done.
  template <class F>
  void run(F f) {
    if (others_.threads.empty()) return f(std::size_t{0});
    work_ = &f;
    call_ = [](void* work, std::size_t k) { (*static_cast<F*>(work))(k); };
    meeting_.arrive_and_wait();
    f(std::size_t{0});
    meeting_.arrive_and_wait();
  }

private:
  /// Ends them, also where not all could be started.
  struct crew {
    team& of;
    std::size_t wanted;
    vector<std::thread> threads{};

    ~crew() {
      of.call_ = nullptr;
      for (std::size_t missing = threads.size(); missing < wanted; ++missing) of.meeting_.drop();
      of.meeting_.arrive_and_wait();
      for (auto& thread : threads) thread.join();
    }
  };

  meeting meeting_;
  void* work_ = nullptr;
  void (*call_)(void*, std::size_t) = nullptr;
  crew others_;
};

} // namespace inlay::detail
