#pragma once

#include "inlay/tensor.hpp"

#include <cstddef>

namespace inlay::inline INLAY_INSTRUCTION_SET::kernel {

/// Where the weight W[o][i] of a linear map In -> Out is stored: input-major, so that a row holds the weights of all
/// outputs for one input and outputs run across the lanes; cut into panels of at most four cache lines, each panel
/// contiguous, so that batch-1 inference reads memory once and in order, and a register tile of 64 floats is a panel.
/// The same for every instruction set, so a net's bytes mean the same in every translation unit and on every machine.
template <class T, std::size_t In, std::size_t Out>
struct panels {
  static constexpr std::size_t inputs = In;
  static constexpr std::size_t outputs = Out;
  static constexpr std::size_t line = alignment / sizeof(T);
  /// Length of a row: a narrow one is a quarter or half of a cache line, so that a layer of 2 does not store 16.
  static constexpr std::size_t row = Out <= line / 4 ? line / 4 : Out <= line / 2 ? line / 2 : padded<T>(Out);
  static constexpr std::size_t panel_count = (row + 4 * line - 1) / (4 * line);
  /// Panels of equal width but for the last: 80 outputs are 48 + 32, not 64 + 16.
  static constexpr std::size_t width = row < line ? row : padded<T>((row + panel_count - 1) / panel_count);
  static constexpr std::size_t size = In * row;

  static constexpr std::size_t width_of(std::size_t panel) noexcept {
    return panel + 1 < panel_count ? width : row - width * (panel_count - 1);
  }
  static constexpr std::size_t index(std::size_t o, std::size_t i) noexcept {
    const std::size_t panel = o / width;
    return panel * In * width + i * width_of(panel) + o % width;
  }
};

} // namespace inlay::kernel
