#pragma once

#include "net/topology.hpp"

#include <span>
#include <string>
#include <vector>

namespace bench {

/// The net in double, one number at a time, straight from the formulas: what everybody's results are compared with.
class reference {
public:
  /// Parameters in canonical order: layer by layer, W row-major [out][in], then b.
  reference(const topology& net, std::span<const float> parameters);

  std::vector<double> infer(const float* x) const;
  /// One step of Adam (training.hpp) down the mean squared error, its mean over n samples and all outputs.
  void step(const float* x, const float* target, std::size_t n);

  const std::vector<double>& parameters() const { return theta_; }

private:
  topology net_;
  std::vector<double> theta_, mean_, square_;
  double power1_ = 1, power2_ = 1;
};

/// How far an activation as peers compute it may be from the exact one; wider for those that promise less.
double tolerance(const topology&);

/// Parameters of a net as He's and Glorot's rules have them, drawn from a fixed sequence; biases too, so that they
/// count.
std::vector<float> draw_parameters(const topology&);

/// Numbers from -1 to 1, the same in every run.
std::vector<float> draw(std::size_t count, unsigned seed);

} // namespace bench
