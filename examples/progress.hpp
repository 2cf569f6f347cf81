#pragma once

#include <boost/timer/progress_display.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <iostream>
#include <memory>
#include <string>
#include <unistd.h>
#include <utility>

/// Progress on stderr, with the time left: a bar on a terminal; elsewhere a plain line for every fifth of the way.
class progress {
public:
  progress(std::string title, std::size_t steps) : title_(std::move(title)), steps_(steps) {
    if (isatty(STDERR_FILENO) != 0)
      bar_ = std::make_unique<boost::timer::progress_display>(steps_, std::cerr, title_ + "\n");
  }
  progress(const progress&) = delete;
  progress& operator=(const progress&) = delete;
  ~progress() {
    if (bar_ && done_ < steps_)
      std::cerr << std::endl; // what is said of why it stopped has a line of its own
  }

  progress& operator+=(std::size_t steps) {
    const std::size_t before = std::exchange(done_, done_ + steps);
    if (bar_) {
      show_beside_bar(done_ < steps_ && passed() > 1 ? time_left() : ""); // the first steps say little about the others
      *bar_ += steps;
    } else if (done_ * 5 / steps_ != before * 5 / steps_) {
      std::cerr << title_ << ": " << done_ * 100 / steps_ << " %" << (done_ < steps_ ? ", " + time_left() : "") << std::endl;
    }
    return *this;
  }
  progress& operator++() { return *this += 1; }

private:
  double passed() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); } // s

  /// If the rest goes on as it did so far.
  std::string time_left() const {
    const double left = passed() * static_cast<double>(steps_ - done_) / static_cast<double>(done_);
    const auto [unit, name] = left < 100 ? std::pair{1, " s left"} : left < 6000 ? std::pair{60, " min left"}
                                                                                 : std::pair{3600, " h left"};
    return std::to_string(std::lround(std::ceil(left / unit))) + name;
  }

  void show_beside_bar(const std::string& text) {
    if (text != std::exchange(shown_, text))
      std::cerr << "\0337\033[54G" << text << "\033[K\0338" << std::flush; // the cursor is kept and comes back: the bar goes on there
  }

  std::string title_, shown_;
  std::size_t steps_, done_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::unique_ptr<boost::timer::progress_display> bar_;
};
