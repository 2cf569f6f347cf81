#pragma once

#include "inlay/io/detail/description.hpp"

#include <cstddef>

namespace inlay::onnx {

/// Where number i of [rows][columns] is in [columns][rows].
constexpr std::size_t place_in_transpose(std::size_t i, std::size_t rows, std::size_t columns) noexcept {
  return i % columns * rows + i / columns;
}

/// What the layers compute of one sample, in double precision: to hold them to the graph that they were made of.
std::vector<double> evaluate(const io::detail::net_description& net, std::vector<double> x);

} // namespace inlay::onnx
