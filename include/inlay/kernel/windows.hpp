#pragma once

#include "inlay/instruction_set.hpp"

#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel {

/// Where the windows of a convolution or a pool are in its input, which lies position after position, the channels of each
/// side by side. They are read in place: a window is `runs` runs of `run` numbers one behind the other.
struct windows {
  std::size_t lines, per_line;       ///< how many there are: a line for each line of the output
  std::size_t line_step, step;       ///< from one to the next, in numbers
  std::size_t runs, runs_in_line, run;
  std::size_t run_line_step, run_step;
  std::size_t channels; ///< numbers of a tap; a run is one tap or several

  constexpr std::size_t count() const noexcept { return lines * per_line; }
  constexpr std::size_t size() const noexcept { return runs * run; }
  constexpr std::size_t taps() const noexcept { return size() / channels; }
  constexpr std::size_t at(std::size_t window) const noexcept {
    return window / per_line * line_step + window % per_line * step;
  }
  /// Where run k of a window begins, and number i is, from the window's own begin.
  constexpr std::size_t run_at(std::size_t k) const noexcept {
    return k / runs_in_line * run_line_step + k % runs_in_line * run_step;
  }
  constexpr std::size_t number_at(std::size_t i) const noexcept { return run_at(i / run) + i % run; }
};

} // namespace inlay::kernel
