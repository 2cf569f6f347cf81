#pragma once

#include "net/reference.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

namespace bench {

/// The training_tolerance of a library that states none.
inline constexpr double usual_training_tolerance = 0.02;

/// What is wrong with a library's outputs; empty if nothing is. Of a library are used make and training_tolerance, as
/// peer/session.hpp has them.
template <class Library>
std::string check_inference(const Library& lib, const topology& net, std::size_t batch) {
  const auto parameters = draw_parameters(net);
  const auto x = draw(batch * net.inputs(), 2);
  std::vector<float> y(batch * net.outputs(), std::nanf(""));
  lib.make(net, parameters, batch)->infer(x.data(), y.data());
  const reference exact(net, parameters);
  double worst = 0;
  for (std::size_t s = 0; s < batch; ++s) {
    const auto expected = exact.infer(x.data() + s * net.inputs());
    for (std::size_t o = 0; o < net.outputs(); ++o) {
      const double error = std::abs(static_cast<double>(y[s * net.outputs() + o]) - expected[o]);
      if (const double relative = error / std::max(1.0, std::abs(expected[o])); !(relative <= worst)) worst = relative;
    }
  }
  if (worst <= tolerance(net)) return {};
  char text[80];
  std::snprintf(text, sizeof text, "outputs are off by %.2g (allowed: %.2g)", worst, tolerance(net));
  return text;
}

/// The same of its training: three steps, then the parameters. They moved by about three times the learning rate;
/// compared is the root mean square of what is wrong with the moves, because Adam turns the rounding error of a
/// gradient near zero into a whole step.
template <class Library>
std::string check_training(const Library& lib, const topology& net, std::size_t batch) {
  constexpr std::size_t steps = 3;
  const auto parameters = draw_parameters(net);
  const auto x = draw(steps * batch * net.inputs(), 2), target = draw(steps * batch * net.outputs(), 3);
  const auto session = lib.make(net, parameters, batch);
  reference exact(net, parameters);
  for (std::size_t i = 0; i < steps; ++i) {
    session->step(x.data() + i * batch * net.inputs(), target.data() + i * batch * net.outputs());
    exact.step(x.data() + i * batch * net.inputs(), target.data() + i * batch * net.outputs(), batch);
  }
  const auto got = session->parameters();
  double wrong = 0, moved = 0;
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    wrong += std::pow(static_cast<double>(got[k]) - exact.parameters()[k], 2);
    moved += std::pow(exact.parameters()[k] - static_cast<double>(parameters[k]), 2);
  }
  const double ratio = std::sqrt(wrong / moved);
  if (ratio <= lib.training_tolerance + 10 * tolerance(net)) return {};
  char text[80];
  std::snprintf(text, sizeof text, "three training steps are off by %.2g of their length", ratio);
  return text;
}

} // namespace bench
