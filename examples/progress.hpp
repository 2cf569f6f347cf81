#pragma once

#include <boost/timer/progress_display.hpp>

#include <cstddef>
#include <iostream>
#include <memory>
#include <string>
#include <unistd.h>
#include <utility>

/// Progress on stderr: a bar on a terminal; elsewhere a plain line for every fifth of the way.
class progress {
public:
  progress(std::string title, std::size_t steps) : title_(std::move(title)), steps_(steps) {
    if (isatty(STDERR_FILENO) != 0)
      bar_ = std::make_unique<boost::timer::progress_display>(steps_, std::cerr, title_ + "\n");
  }

  progress& operator++() {
    ++done_;
    if (bar_)
      ++*bar_;
    else if (done_ * 5 / steps_ != (done_ - 1) * 5 / steps_)
      std::cerr << title_ << ": " << done_ * 100 / steps_ << " %" << std::endl;
    return *this;
  }

private:
  std::string title_;
  std::size_t steps_, done_ = 0;
  std::unique_ptr<boost::timer::progress_display> bar_;
};
