#pragma once

#include "inlay/io/detail/description.hpp"

namespace inlay::onnx {

/// What the layers compute of one sample, in double precision: to hold them to the graph that they were made of.
std::vector<double> evaluate(const io::detail::net_description& net, std::vector<double> x);

} // namespace inlay::onnx
