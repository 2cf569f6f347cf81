#pragma once

#include "inlay/fit/batches.hpp"

#include <cstddef>
#include <future>
#include <semaphore>
#include <thread>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Batches of a reader, each read on a thread of its own while the one before it is worked on. What the reader throws comes out of
/// next(), where its batch would have.
template <class Input, class Reader>
class batches_read_ahead {
public:
  static constexpr bool may_throw = true;

  explicit batches_read_ahead(Reader& reader) : coming_(reader), thread_([this] { work(); }) {}
  batches_read_ahead(const batches_read_ahead&) = delete;
  batches_read_ahead& operator=(const batches_read_ahead&) = delete;
  ~batches_read_ahead() {
    if (coming_count_.valid()) coming_count_.wait();
    read_ = {};
    wanted_.release();
    thread_.join();
  }

  constexpr std::size_t most() const noexcept { return coming_.most(); }

  void begin(std::size_t epoch) noexcept {
    epoch_ = epoch;
    begun_ = false;
  }

  std::size_t next(std::size_t size) {
    if (!begun_) {
      want([this, size] {
        coming_.begin(epoch_);
        return samples{coming_.next(size)};
      });
      begun_ = true;
    }
    const std::size_t count = coming_count_.get().count;
    std::swap(xs, coming_.xs);
    std::swap(targets, coming_.targets);
    if (count > 0) want([this, size] { return samples{coming_.next(size)}; });
    return count;
  }

  static constexpr void fetch(std::size_t, std::size_t) noexcept {}

  vector<Input> xs;
  vector<typename Reader::target_type> targets;

private:
  struct samples { // of a type of inlay's, so that units for different processors share no future's code
    std::size_t count;
  };

  void want(auto read) {
    read_ = std::packaged_task<samples()>(read);
    coming_count_ = read_.get_future();
    wanted_.release();
  }
  void work() {
    for (;;) {
      wanted_.acquire();
      if (!read_.valid()) return;
      read_();
    }
  }

  batches_of_reader<Input, Reader> coming_;
  std::size_t epoch_ = 0;
  bool begun_ = false;
  std::packaged_task<samples()> read_;
  std::future<samples> coming_count_;
  std::binary_semaphore wanted_{0};
  std::thread thread_;
};

} // namespace inlay::detail
