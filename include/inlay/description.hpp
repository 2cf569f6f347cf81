#pragma once

#include <cstddef>

namespace inlay {

/// What a layer or an activation is called and how others say it: once, where it is defined, as a member
/// `static constexpr description described{...}`. Whoever saves, generates or lists nets reads it. A layer or an activation
/// of your own needs none; it is refused in words where it would be saved.
///
/// A layer with template arguments also has a static `arguments(list)`, which says them in order: list.number("stride",
/// Stride, 1), the last being the default if there is one, list.activation<σ>(), list.layers<Layers...>(),
/// list.ratio<Epsilon>("epsilon", std::ratio<1, 100000>{}); and last, behind "kernel" or "kernel_h" and "kernel_w", one of
/// list.convolution<Options, 1 or 2 dimensions>() and list.pool<Options, 1 or 2>(), whose fields are names in its formula, see
/// io/detail/window_options.hpp; or list.attention<Options>(). Its bound layer has `using listed`, the layer itself, and `parameters`; where its formula
/// depends on the input, an `onnx` of its own.
struct description {
  const char* name;       ///< PyTorch's, in snake_case
  const char* header;     ///< that defines it, as a program includes it
  const char* type = "";  ///< in C++, where that is not inlay:: and the name
  const char* onnx = "";  ///< its formula in operators of ONNX (opset 13), see io/detail/onnx_formula.hpp; empty: there is none
  const char* keras = ""; ///< its name in Keras and RTNeural, and other names with blanks between; empty: no name that means it
  double parameter = 0;   ///< that the name alone stands for, where an activation has one
};

/// A tensor of a layer's parameters, with PyTorch's name and shape. A bound layer has them in canonical order, as
/// `static constexpr parameter parameters[] = {{"weight", {N, inputs}}, {"bias", {N}}};`
struct parameter {
  const char* name;
  std::size_t extents[4]{}; ///< those behind the last are zero
};

} // namespace inlay
