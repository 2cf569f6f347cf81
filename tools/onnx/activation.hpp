#pragma once

#include "inlay/io/detail/description.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace inlay::onnx {

/// An activation of inlay in double precision, as its documentation defines it.
double activation_value(const io::detail::activation_description& of, double z);

/// scale z + shift, then the activation, then again scale and shift.
struct scaled_activation {
  io::detail::activation_description activation;
  double scale = 1, shift = 0, scale_after = 1, shift_after = 0;
};

/// A function of one number, given by its values at probes(), recognised: as an activation of inlay, or as a
/// clamp, which is hard_sigmoid or hard_tanh of a scaled argument. The formula that an exporter happens to
/// write does not matter, its values do: at 1 700 points from 1e-30 to 1e37 of both signs.
std::optional<scaled_activation> recognise(const std::vector<double>& values);
/// Or as scale z + shift.
std::optional<std::pair<double, double>> recognise_affine(const std::vector<double>& values);

const std::vector<double>& probes();

} // namespace inlay::onnx
