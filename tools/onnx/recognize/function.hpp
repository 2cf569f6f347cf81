#pragma once

#include "inlay/io/detail/description.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace inlay::onnx {

/// An activation of inlay in double precision, as its documentation defines it.
double activation_value(const io::detail::activation_description& of, double z);

/// scale z + shift, then the activation, then again scale and shift.
struct scaled_activation {
  io::detail::activation_description activation;
  double scale = 1, shift = 0, scale_after = 1, shift_after = 0;
};

/// A function of one number, given by its values at probes(), recognised: as an activation of inlay, softplus and silu
/// also with a beta; as a clamp, which is hard_sigmoid or hard_tanh of a scaled argument; or as max(z, c) or min(z, c),
/// which is relu of a shifted one. The formula that an exporter happens to write does not matter, its values do: at 1
/// 700 points from 1e-30 to 1e37 of both signs. A bound of 1e30 or more counts as none.
std::optional<scaled_activation> recognise(const std::vector<double>& values);
/// A bound that is taken into a shift costs float so many units in the last place of 1: 6e-5.
inline constexpr double largest_shift = 1000;

/// What a function is that recognise refuses: a clamp that float would spoil, in words; or empty.
std::string spoilt_clamp(const std::vector<double>& values);
/// Or as scale z + shift.
std::optional<std::pair<double, double>> recognise_affine(const std::vector<double>& values);

const std::vector<double>& probes();

} // namespace inlay::onnx
