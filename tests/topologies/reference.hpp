// A net computed in long double by plain loops over its parameters in canonical order, from nothing of inlay's; and how
// far float or double arithmetic may be off from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace reference {

using number = long double;
using vector = std::vector<number>;

/// The arithmetic that is held to the reference: its unit in the last place of 1 and its smallest normal number.
struct arithmetic {
  number epsilon, smallest;
};

/// An activation by its name, the parameter of elu_with and its like, and its stated error in units in the last place,
/// see inlay::accuracy.
struct nonlinearity {
  std::string name;
  number parameter = 0;
  number value_ulp = 0, slope_ulp = 0, growth = 0, slope_scale = 0;
};

enum class kind {
  dense,
  convolution,
  transpose,
  activation,
  residual,
  prelu,
};

/// Where a convolution looks, along one direction.
struct window {
  std::size_t kernel = 1, stride = 1, dilation = 1, before = 0, after = 0; // the last two: zeros around
};

struct layer {
  reference::kind kind;
  std::size_t outputs = 0; ///< units, channels, or slopes
  reference::nonlinearity sigma{"identity"};
  window h{}, w{};
  std::size_t groups = 1;
  std::vector<layer> inner{};
};

inline layer dense(std::size_t outputs, nonlinearity s) { return {kind::dense, outputs, s}; }
inline layer conv1d(std::size_t channels, nonlinearity s, window w, std::size_t groups) {
  return {kind::convolution, channels, s, {}, w, groups};
}
inline layer conv2d(std::size_t channels, nonlinearity s, window h, window w, std::size_t groups) {
  return {kind::convolution, channels, s, h, w, groups};
}
inline layer transpose() { return {kind::transpose}; }
inline layer prelu(std::size_t slopes) { return {kind::prelu, slopes}; }
inline layer activation(nonlinearity s) { return {kind::activation, 0, s}; }
inline layer residual(std::vector<layer> inner) { return {kind::residual, 0, {"identity"}, {}, {}, 1, inner}; }

/// extents {N}, {channels, length} or {channels, height, width}
struct net {
  std::vector<std::size_t> extents;
  std::vector<layer> layers;
};

/// What one pass forward and back gives. `distances` are those of all arguments from the points where a slope jumps: on
/// the other side of one the gradient is another.
struct pass {
  vector output, gradient, input_gradient;
  number loss = 0;
  vector distances{};
};

/// The same with what each number may be off by. Not `clear` where an argument is so near to a jump of the slope that
/// rounding may carry it across, or where a number is not finite.
struct expected : pass {
  vector output_tolerance{}, gradient_tolerance{}, input_gradient_tolerance{};
  number loss_tolerance = 0;
  bool clear = true;
};

/// A class is given as the probabilities of all: 1 for it, 0 for the others.
expected examine(const net&, const vector& parameters, const vector& x, const vector& target, const std::string& loss,
                 arithmetic, std::uint64_t seed);

/// The means of the first `count`.
expected mean(const std::vector<expected>&, std::size_t count, arithmetic);

/// Parameters after one step of an optimizer, its options as below, along the gradient; tolerances likewise.
struct stepped {
  vector parameters, tolerance;
};
stepped step(const std::string& optimizer, const vector& parameters, const expected& along, arithmetic);

// Powers of two, so that float has them too; epsilon so large that no step hangs on the sign of a gradient near zero.
inline constexpr double rate = 0.125, decay = 0.0625, momentum = 0.5, beta = 0.75, epsilon = 0.125;

/// For each parameter the bound of its random value: √(6 / fan-in) for weights, 1/4 for biases.
vector bounds(const net&);

/// How far two computations of one sum of n terms may be apart; `magnitude` is Σ|term|. As in laws/law.hpp: 2 γ Σ|term|
/// with γ = n u / (1 − n u), u = ε / 2 (Higham 2002, sections 3.1 and 4.2), and n times the smallest normal number.
number rounding(arithmetic, std::size_t n, number magnitude);

} // namespace reference
