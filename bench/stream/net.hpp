#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

enum class cell_kind {
  lstm,
  gru,
  convolution,
  dense,
};

/// A layer of a net that goes step by step; a convolution has a kernel of 3 and tanh behind it.
struct cell {
  cell_kind kind;
  std::size_t outputs;
  std::size_t dilation = 1;

  /// Canonical order: those of torch.nn.LSTM, GRU, Conv1d, Linear.
  std::size_t parameters(std::size_t inputs) const;
  std::size_t multiply_adds(std::size_t inputs) const;
};

/// One number in, one out, at each step.
struct stream_net {
  std::string name;
  std::vector<cell> cells;

  std::size_t parameter_count() const;
  std::size_t multiply_adds() const; ///< of a step
};

/// What is measured; their names are those under which each library's nets are compiled.
const std::vector<stream_net>& stream_nets();

/// Drawn from a fixed sequence, each from ±1 / √(numbers that it is summed up with).
std::vector<float> draw_parameters(const stream_net&);
/// The outputs of the first steps in double, one number at a time: what everybody's are compared with.
std::vector<double> compute(const stream_net&, const std::vector<float>& parameters, const std::vector<float>& x);

} // namespace bench
