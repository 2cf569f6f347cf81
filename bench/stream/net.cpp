#include "stream/net.hpp"

#include <cmath>
#include <random>

namespace bench {
namespace {

constexpr std::size_t kernel = 3;

std::size_t gates(cell_kind kind) { return kind == cell_kind::lstm ? 4 : 3; }
bool recurrent(cell_kind kind) { return kind == cell_kind::lstm || kind == cell_kind::gru; }
double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }

using row = std::vector<double>;

row affine(const float* w, const float* b, const row& x, std::size_t outputs) {
  row y(outputs);
  for (std::size_t o = 0; o < outputs; ++o) {
    y[o] = static_cast<double>(b[o]);
    for (std::size_t i = 0; i < x.size(); ++i)
      y[o] += static_cast<double>(w[o * x.size() + i]) * x[i];
  }
  return y;
}

/// All steps of a recurrent layer.
std::vector<row> remember(const cell& c, const float* theta, const std::vector<row>& xs) {
  const std::size_t n = c.outputs, in = xs[0].size(), wide = gates(c.kind) * n;
  const float *const w = theta, *const u = w + wide * in, *const b_w = u + wide * n, *const b_u = b_w + wide;
  row h(n), memory(n);
  std::vector<row> ys;
  for (const auto& x : xs) {
    const row a = affine(w, b_w, x, wide), r = affine(u, b_u, h, wide);
    for (std::size_t i = 0; i < n; ++i)
      if (c.kind == cell_kind::lstm) { // i f g o
        const auto z = [&](std::size_t g) { return a[g * n + i] + r[g * n + i]; };
        memory[i] = sigmoid(z(1)) * memory[i] + sigmoid(z(0)) * std::tanh(z(2));
        h[i] = sigmoid(z(3)) * std::tanh(memory[i]);
      } else { // r z n
        const double reset = sigmoid(a[i] + r[i]), update = sigmoid(a[n + i] + r[n + i]);
        const double fresh = std::tanh(a[2 * n + i] + reset * r[2 * n + i]);
        h[i] = (1 - update) * fresh + update * h[i];
      }
    ys.push_back(h);
  }
  return ys;
}

std::vector<row> convolve(const cell& c, const float* theta, const std::vector<row>& xs) {
  const std::size_t in = xs[0].size();
  std::vector<row> ys;
  for (std::size_t t = 0; t < xs.size(); ++t) {
    row window(in * kernel); // as W lies: channel by channel, the oldest tap first
    for (std::size_t i = 0; i < in; ++i)
      for (std::size_t k = 0; k < kernel; ++k)
        if (const std::size_t ago = (kernel - 1 - k) * c.dilation; ago <= t)
          window[i * kernel + k] = xs[t - ago][i];
    row y = affine(theta, theta + c.outputs * window.size(), window, c.outputs);
    for (double& v : y)
      v = std::tanh(v);
    ys.push_back(y);
  }
  return ys;
}

} // namespace

std::size_t cell::multiply_adds(std::size_t inputs) const {
  if (recurrent(kind))
    return gates(kind) * outputs * (inputs + outputs);
  return outputs * inputs * (kind == cell_kind::convolution ? kernel : 1);
}
std::size_t cell::parameters(std::size_t inputs) const {
  return multiply_adds(inputs) + (recurrent(kind) ? 2 * gates(kind) : 1) * outputs;
}

std::size_t stream_net::parameter_count() const {
  std::size_t total = 0, in = 1;
  for (const auto& c : cells)
    total += c.parameters(in), in = c.outputs;
  return total;
}
std::size_t stream_net::multiply_adds() const {
  std::size_t total = 0, in = 1;
  for (const auto& c : cells)
    total += c.multiply_adds(in), in = c.outputs;
  return total;
}

const std::vector<stream_net>& stream_nets() {
  static const std::vector<stream_net> all = [] {
    const auto convolutions = [](std::size_t channels) {
      std::vector<cell> cells;
      for (const std::size_t dilation : {1, 2, 4, 8, 16})
        cells.push_back({cell_kind::convolution, channels, dilation});
      cells.push_back({cell_kind::dense, 1});
      return cells;
    };
    std::vector<stream_net> nets;
    for (const std::size_t n : {8, 16, 40})
      nets.push_back({"LSTM 1-" + std::to_string(n) + "-1", {{cell_kind::lstm, n}, {cell_kind::dense, 1}}});
    for (const std::size_t n : {8, 16, 40})
      nets.push_back({"GRU 1-" + std::to_string(n) + "-1", {{cell_kind::gru, n}, {cell_kind::dense, 1}}});
    for (const std::size_t channels : {8, 16})
      nets.push_back({"5 convolutions, " + std::to_string(channels) + " channels", convolutions(channels)});
    return nets;
  }();
  return all;
}

std::vector<float> draw_parameters(const stream_net& net) {
  std::mt19937 random(1);
  std::vector<float> all;
  std::size_t in = 1;
  for (const auto& c : net.cells) {
    const float bound = 1 / std::sqrt(static_cast<float>(recurrent(c.kind) ? c.outputs : c.multiply_adds(in) / c.outputs));
    for (std::size_t k = 0; k < c.parameters(in); ++k)
      all.push_back(bound * (static_cast<float>(random() >> 8) * 0x1p-23f - 1));
    in = c.outputs;
  }
  return all;
}

std::vector<double> compute(const stream_net& net, const std::vector<float>& parameters, const std::vector<float>& x) {
  std::vector<row> a;
  for (const float v : x)
    a.push_back({static_cast<double>(v)});
  const float* theta = parameters.data();
  for (const auto& c : net.cells) {
    const std::size_t in = a[0].size();
    if (recurrent(c.kind))
      a = remember(c, theta, a);
    else if (c.kind == cell_kind::convolution)
      a = convolve(c, theta, a);
    else
      for (auto& step : a)
        step = affine(theta, theta + c.outputs * in, step, c.outputs);
    theta += c.parameters(in);
  }
  std::vector<double> y;
  for (const auto& step : a)
    y.push_back(step[0]);
  return y;
}

} // namespace bench
