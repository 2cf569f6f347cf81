#pragma once

#include "inlay/io/detail/description.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace inlay::onnx {

/// scale z + shift, then the activation, then again scale and shift.
struct scaled_activation {
  io::detail::activation_description activation;
  double scale = 1, shift = 0, scale_after = 1, shift_after = 0;
};

/// A function of one number, given by its values at probes(), recognized: as an activation of inlay, softplus and silu
/// also with a beta; as a clamp, which is hard_sigmoid or hard_tanh of a scaled argument; or as max(z, c) or min(z, c),
/// which is relu of a shifted one. The formula that an exporter happens to write does not matter, its values do.
std::optional<scaled_activation> recognize(const std::vector<double>& values);
/// Or as scale z + shift.
std::optional<std::pair<double, double>> recognize_affine(const std::vector<double>& values);

} // namespace inlay::onnx
