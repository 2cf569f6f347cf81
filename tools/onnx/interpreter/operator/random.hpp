#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>

namespace inlay::onnx::operators {

/// A policy's noise: its mean, as inlay nets draw no numbers.
inline tensor random_normal_like(const computation& c) {
  tensor result = c.make(c.input(0).shape);
  std::fill(result.values.begin(), result.values.end(), c.of.number("mean", 0));
  return result;
}
inline tensor random_normal(const computation& c) {
  tensor result = c.make(c.of.list("shape"));
  std::fill(result.values.begin(), result.values.end(), c.of.number("mean", 0));
  return result;
}

inline operator_rows random_rows() {
  return {{"RandomNormalLike", {"mean", "scale", "seed", "dtype"}, random_normal_like},
          {"RandomNormal", {"mean", "scale", "seed", "dtype", "shape"}, random_normal}};
}

} // namespace inlay::onnx::operators
