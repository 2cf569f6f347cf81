#pragma once

#include "recognize/step.hpp"

namespace inlay::onnx {

/// An input, as the net will get it, and what a right net may be off each output.
struct verification_sample {
  std::vector<double> x, tolerance;
};

/// Inputs to verify a net with, the same each time: small and large ones, and of some hundred candidates those with
/// which a verification notices more parameters that are off. Where the first step is a scale they are in the range
/// that the model expects; what is part of a mask is 0 or 1.
std::vector<verification_sample> verification_samples(const io::detail::net_description& net,
                                                      const std::vector<step>& steps, const std::vector<bool>& masks,
                                                      std::size_t most_candidates);

/// The same of inputs that are given.
verification_sample verification_sample_of(const io::detail::net_description& net, std::vector<double> x);

} // namespace inlay::onnx
