#include "convolution/net.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace bench {

image stage::output(image in) const {
  switch (kind) {
  case stage_kind::convolution:
    return {outputs, in.height - kernel + 1, in.width - kernel + 1};
  case stage_kind::max_pool:
    return {in.channels, in.height / kernel, in.width / kernel};
  case stage_kind::dense:
    return {outputs};
  case stage_kind::layer_norm:
    break;
  }
  return in;
}
std::size_t stage::parameters(image in) const {
  switch (kind) {
  case stage_kind::convolution:
    return outputs * (in.channels * kernel * kernel + 1);
  case stage_kind::max_pool:
    return 0;
  case stage_kind::dense:
    return outputs * (in.size() + 1);
  case stage_kind::layer_norm:
    break;
  }
  return 2 * in.size();
}
std::size_t stage::multiply_adds(image in) const {
  const image out = output(in);
  if (kind == stage_kind::convolution)
    return out.size() * in.channels * kernel * kernel;
  return kind == stage_kind::dense ? out.size() * in.size() : 0;
}

std::vector<image> image_net::images() const {
  std::vector<image> all{input};
  for (const auto& s : stages)
    all.push_back(s.output(all.back()));
  return all;
}
std::size_t image_net::parameter_count() const {
  const auto in = images();
  std::size_t count = 0;
  for (std::size_t k = 0; k < stages.size(); ++k)
    count += stages[k].parameters(in[k]);
  return count;
}
std::size_t image_net::multiply_adds() const {
  const auto in = images();
  std::size_t count = 0;
  for (std::size_t k = 0; k < stages.size(); ++k)
    count += stages[k].multiply_adds(in[k]);
  return count;
}

const std::vector<image_net>& image_nets() {
  using enum stage_kind;
  static const std::vector<image_net> all{
      {"28x28x1 -> 8, 5x5", {1, 28, 28}, {{convolution, 8, 5}}},
      {"12x12x8 -> 16, 3x3", {8, 12, 12}, {{convolution, 16, 3}}},
      {"14x14x16 -> 32, 3x3", {16, 14, 14}, {{convolution, 32, 3}}},
      {"16x16x32 -> 64, 3x3", {32, 16, 16}, {{convolution, 64, 3}}},
      {"MNIST: conv 8 5x5, pool 2, conv 16 3x3, pool 2, dense 10",
       {1, 28, 28},
       {{convolution, 8, 5, "relu"}, {max_pool, 0, 2}, {convolution, 16, 3, "relu"}, {max_pool, 0, 2}, {dense, 10}}},
      {"P1: 1536-32-32-1 with layer norms, ReLU",
       {1536},
       {{dense, 32}, {layer_norm, 0, 1, "relu"}, {dense, 32}, {layer_norm, 0, 1, "relu"}, {dense, 1, 1, "sigmoid"}}}};
  return all;
}

std::vector<float> draw_parameters(const image_net& net) {
  std::mt19937 random(1);
  const auto number = [&] { return static_cast<float>(random() >> 8) * 0x1p-23f - 1; }; // from -1 to 1
  std::vector<float> parameters;
  const auto in = net.images();
  for (std::size_t k = 0; k < net.stages.size(); ++k) {
    const stage& s = net.stages[k];
    const std::size_t count = s.parameters(in[k]), biases = s.kind == stage_kind::layer_norm ? in[k].size() : s.outputs;
    const bool norm = s.kind == stage_kind::layer_norm;
    const double bound = norm || count == 0 ? 1 : std::sqrt(6 / static_cast<double>(count / biases - 1 + biases));
    for (std::size_t i = 0; i < count; ++i)
      parameters.push_back(i >= count - biases ? 0.1f * number()
                           : norm              ? 1 + 0.1f * number()
                                               : static_cast<float>(bound) * number());
  }
  return parameters;
}

namespace {

double activate(const std::string& name, double z) {
  if (name == "relu")
    return std::max(z, 0.0);
  return name == "sigmoid" ? 1 / (1 + std::exp(-z)) : z;
}

std::vector<double> compute(const stage& s, image in, const float* theta, const std::vector<double>& x) {
  const image out = s.output(in);
  std::vector<double> y(out.size());
  const auto at = [&](std::size_t c, std::size_t h, std::size_t w) { return x[(c * in.height + h) * in.width + w]; };
  const auto every = [&](auto f) {
    for (std::size_t o = 0, i = 0; o < out.channels; ++o)
      for (std::size_t h = 0; h < out.height; ++h)
        for (std::size_t w = 0; w < out.width; ++w)
          y[i++] = f(o, h, w);
  };
  const std::size_t k = s.kernel, taps = in.channels * k * k;
  switch (s.kind) {
  case stage_kind::convolution:
    every([&](auto o, auto h, auto w) {
      double z = static_cast<double>(theta[s.outputs * taps + o]);
      for (std::size_t c = 0; c < in.channels; ++c)
        for (std::size_t i = 0; i < k; ++i)
          for (std::size_t j = 0; j < k; ++j)
            z += static_cast<double>(theta[((o * in.channels + c) * k + i) * k + j]) * at(c, h + i, w + j);
      return z;
    });
    break;
  case stage_kind::max_pool:
    every([&](auto o, auto h, auto w) {
      double most = at(o, h * k, w * k);
      for (std::size_t i = 0; i < k * k; ++i)
        most = std::max(most, at(o, h * k + i / k, w * k + i % k));
      return most;
    });
    break;
  case stage_kind::dense:
    for (std::size_t o = 0; o < s.outputs; ++o) {
      y[o] = static_cast<double>(theta[s.outputs * x.size() + o]);
      for (std::size_t i = 0; i < x.size(); ++i)
        y[o] += static_cast<double>(theta[o * x.size() + i]) * x[i];
    }
    break;
  case stage_kind::layer_norm: {
    const double n = static_cast<double>(x.size());
    double mean = 0, variance = 0;
    for (const double v : x)
      mean += v / n;
    for (const double v : x)
      variance += (v - mean) * (v - mean) / n;
    for (std::size_t i = 0; i < x.size(); ++i)
      y[i] = (x[i] - mean) / std::sqrt(variance + 1e-5) * static_cast<double>(theta[i]) +
             static_cast<double>(theta[x.size() + i]);
    break;
  }
  }
  for (double& v : y)
    v = activate(s.activation, v);
  return y;
}

} // namespace

std::vector<double> compute(const image_net& net, const std::vector<float>& parameters, const std::vector<float>& x,
                            std::size_t n) {
  std::vector<double> all;
  for (std::size_t s = 0; s < n; ++s) {
    std::vector<double> a(net.inputs());
    for (std::size_t i = 0; i < a.size(); ++i)
      a[i] = static_cast<double>(x[s * a.size() + i]);
    const float* theta = parameters.data();
    image in = net.input;
    for (const auto& stage : net.stages) {
      a = compute(stage, in, theta, a);
      theta += stage.parameters(in);
      in = stage.output(in);
    }
    all.insert(all.end(), a.begin(), a.end());
  }
  return all;
}

} // namespace bench
