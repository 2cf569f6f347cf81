#pragma once

#include "inlay/tensor.hpp"

#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel {

/// Where the weight W[o][i] of a linear map is stored: input-major, so that a row holds the weights of all
/// outputs for one input and outputs run across the lanes; cut into panels of at most four cache lines, each panel
/// contiguous, so that batch-1 inference reads memory once and in order, and a register tile of 64 floats is a panel.
/// The same for every instruction set, so a net's bytes mean the same in every translation unit and on every machine.
/// A value, so that what knows a net at run time only has the same rule.
struct layout {
  std::size_t inputs, outputs;
  std::size_t line; ///< numbers in a cache line

  constexpr std::size_t lines(std::size_t n) const noexcept { return (n + line - 1) / line * line; }
  /// Length of a row: a narrow one is a quarter or half of a cache line, so that a layer of 2 does not store 16.
  constexpr std::size_t row_length() const noexcept {
    return outputs <= line / 4 ? line / 4 : (outputs <= line / 2 ? line / 2 : lines(outputs));
  }
  constexpr std::size_t panel_count() const noexcept { return (row_length() + 4 * line - 1) / (4 * line); }
  /// Panels of equal width but for the last: 80 outputs are 48 + 32, not 64 + 16.
  constexpr std::size_t width() const noexcept {
    return row_length() < line ? row_length() : lines((row_length() + panel_count() - 1) / panel_count());
  }
  constexpr std::size_t width_of(std::size_t panel) const noexcept {
    return panel + 1 < panel_count() ? width() : row_length() - width() * (panel_count() - 1);
  }
  constexpr std::size_t size() const noexcept { return inputs * row_length(); }
  constexpr std::size_t index(std::size_t o, std::size_t i) const noexcept {
    const std::size_t panel = o / width();
    return panel * inputs * width() + i * width_of(panel) + o % width();
  }
};

/// The layout of W of Out x In numbers T, in types.
template <class T, std::size_t In, std::size_t Out>
struct panels {
  static constexpr kernel::layout layout{In, Out, alignment / sizeof(T)};
  static constexpr std::size_t inputs = In;
  static constexpr std::size_t outputs = Out;
  static constexpr std::size_t row_length = layout.row_length();
  static constexpr std::size_t panel_count = layout.panel_count();
  static constexpr std::size_t width = layout.width();
  static constexpr std::size_t size = layout.size();

  static constexpr std::size_t width_of(std::size_t panel) noexcept {
    return panel + 1 < panel_count ? width : row_length - width * (panel_count - 1);
  }
  /// As the layout's, of what is known here: constant evaluation counts each step.
  static constexpr std::size_t index(std::size_t o, std::size_t i) noexcept {
    return o / width * inputs * width + i * width_of(o / width) + o % width;
  }
};

/// W of Out x In numbers T stored output by output: its transpose in panels, so that inputs run across the lanes.
template <class T, std::size_t In, std::size_t Out>
struct output_rows {
  using turned = panels<T, Out, In>;
  static constexpr std::size_t inputs = In;
  static constexpr std::size_t outputs = Out;
  static constexpr std::size_t size = turned::size;

  static constexpr std::size_t index(std::size_t o, std::size_t i) noexcept { return turned::index(i, o); }
};
template <class Matrix>
concept by_output = requires { typename Matrix::turned; };

/// Where the gates of N units stand in a row: a line of units of each gate, then the next line's. What is left of N takes a narrow
/// row of each, as a layout's; behind its numbers is padding.
template <class T, std::size_t N, std::size_t Gates>
struct gate_row {
  static constexpr std::size_t units = N, gates = Gates, line = alignment / sizeof(T);
  static constexpr std::size_t lines = N / line, rest = N % line;
  static constexpr std::size_t narrow = rest > 0 ? layout{1, rest, line}.row_length() : 0;
  static constexpr std::size_t size = Gates * (lines * line + narrow);

  static constexpr std::size_t column(std::size_t gate, std::size_t unit) noexcept {
    return unit / line * line * Gates + gate * (unit / line < lines ? line : narrow) + unit % line;
  }
};

} // namespace inlay::kernel
