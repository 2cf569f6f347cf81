#include "layers.hpp"

#include "activation.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx {

using io::detail::layer_kind, io::detail::size_of;

std::vector<double> evaluate(const io::detail::net_description& net, std::vector<double> x) {
  for (const auto& layer : net.layers) {
    std::vector<double> y(size_of(layer.output));
    if (layer.kind == layer_kind::residual) {
      y = evaluate({net.double_precision, layer.input, layer.inner}, x);
      for (std::size_t i = 0; i < y.size(); ++i)
        y[i] += x[i];
    } else if (layer.kind == layer_kind::activation) {
      y = x;
    } else if (layer.kind == layer_kind::transpose) {
      for (std::size_t i = 0; i < x.size(); ++i)
        y[place_in_transpose(i, layer.input[0], layer.input[1])] = x[i];
    } else if (layer.kind == layer_kind::dense) {
      for (std::size_t o = 0; o < y.size(); ++o) {
        y[o] = layer.biases[o];
        for (std::size_t i = 0; i < x.size(); ++i)
          y[o] += layer.weights[o * x.size() + i] * x[i];
      }
    } else {
      const std::size_t positions = layer.output[1], length = layer.input[1], taps = layer.input[0] * layer.kernel;
      for (std::size_t o = 0; o < layer.output[0]; ++o)
        for (std::size_t p = 0; p < positions; ++p) {
          y[o * positions + p] = layer.biases[o];
          for (std::size_t t = 0; t < taps; ++t)
            y[o * positions + p] += layer.weights[o * taps + t] *
                                    x[t / layer.kernel * length + p * layer.stride + t % layer.kernel * layer.dilation];
        }
    }
    if (layer.activation.name == "softmax" || layer.activation.name == "log_softmax") {
      const double most = *std::max_element(y.begin(), y.end());
      double sum = 0;
      for (const double z : y)
        sum += std::exp(z - most);
      for (double& z : y)
        z = layer.activation.name == "softmax" ? std::exp(z - most) / sum : z - most - std::log(sum);
    } else {
      for (double& z : y)
        z = activation_value(layer.activation, z);
    }
    x = std::move(y);
  }
  return x;
}

} // namespace inlay::onnx
