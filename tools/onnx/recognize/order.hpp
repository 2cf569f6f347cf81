#pragma once

#include "recognize/follower.hpp"

namespace inlay::onnx {

constexpr std::size_t most_runs = 64; ///< of features that follow one another, which a selection has as its branches

/// Where number i of [rows][columns] is in [columns][rows].
constexpr std::size_t place_in_transpose(std::size_t i, std::size_t rows, std::size_t columns) noexcept {
  return i % columns * rows + i / columns;
}

/// Makes the elements of the current tensor, sample by sample, the features in their order: adds a transpose or a selection
/// where that is needed. False if there is no such layer.
bool put_in_order(follower& here, const std::string& title, std::vector<step>& into);
/// A sample has whatever shape the first layer of shapes wants it to have.
void begin_with(follower& here, const std::vector<std::size_t>& shape, const std::vector<step>& into);

} // namespace inlay::onnx
