#pragma once

#include "inlay/io/detail/description.hpp"

namespace inlay::onnx {

/// Layers of inlay's as descriptions, which the importer makes of a graph.

/// W [outputs][inputs]
io::detail::layer_description make_dense(std::size_t inputs, std::vector<double> weights, std::vector<double> biases);

struct conv1d_arguments {
  std::size_t kernel, stride, dilation;
};
/// W [channels][input channels][tap]; input and output are <channels, length>.
io::detail::layer_description make_conv1d(const std::vector<std::size_t>& input, const std::vector<std::size_t>& output,
                                          const conv1d_arguments& of, std::vector<double> weights,
                                          std::vector<double> biases);

io::detail::layer_description make_transpose(std::size_t rows, std::size_t columns);
io::detail::layer_description make_activation(const io::detail::activation_description& of);
io::detail::layer_description make_residual(std::vector<io::detail::layer_description> inner);

} // namespace inlay::onnx
