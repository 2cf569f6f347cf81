#pragma once

#include "recognize/follower.hpp"

namespace inlay::onnx {

/// An element that is no feature, but constant number `at` of several, in a tensor of places.
constexpr double place_of_constant(std::size_t at) noexcept { return -1.0 - static_cast<double>(at); }

/// The follower at a tensor of which `moved` says where each element comes from: a place, or place_of_constant(). Constants
/// become features behind those that there are, by a selection of any and a scale of 0 with that summand.
void move_to(follower& here, const node& of, std::vector<step>& into, const tensor& moved,
             const std::vector<double>& constants);

} // namespace inlay::onnx
