#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>

#include <unistd.h>

namespace bench {

/// What is being done, of how much, since when: on a terminal in one line that is written over, elsewhere a line each half
/// minute. On the standard error, which is not kept.
class progress {
public:
  explicit progress(std::size_t total) : total_(total) {}

  void next(const std::string& what) {
    ++at_;
    const auto now = clock::now();
    if (!terminal_ && now < due_) return;
    due_ = now + std::chrono::seconds(30);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - begin_).count();
    std::fprintf(stderr, terminal_ ? "\r\033[K[%zu/%zu, %d:%02d] %s" : "[%zu/%zu, %d:%02d] %s\n", at_, total_,
                 static_cast<int>(seconds / 60), static_cast<int>(seconds % 60), what.c_str());
  }
  void finish() const {
    if (terminal_) std::fprintf(stderr, "\r\033[K");
  }

private:
  using clock = std::chrono::steady_clock;
  std::size_t at_ = 0, total_;
  bool terminal_ = isatty(STDERR_FILENO);
  clock::time_point begin_ = clock::now(), due_ = begin_ + std::chrono::seconds(30);
};

} // namespace bench
