#pragma once

#include "derivative/offer.hpp"

#include <Eigen/Core>
#include <unsupported/Eigen/AutoDiff>

#include <array>
#include <memory>
#include <string_view>
#include <vector>

namespace bench {

/// Forward mode as one writes it with Eigen: a net of AutoDiffScalar, whose derivatives are a fixed vector of as many numbers as there are
/// inputs.
template <std::size_t Inputs, std::size_t... Widths>
class eigen_duals {
public:
  eigen_duals(const std::string& name, std::vector<std::string_view> activations) {
    activations.erase(activations.begin());
    for (const auto& a : activations)
      if (a != "tanh" && a != "relu" && a != "identity") return; // main says that it is missing
    derivative_peers().push_back({name, [activations](const derivative_net&) { return made(activations); }});
  }

private:
  static derivative_contender made(const std::vector<std::string_view>& activations) {
    const auto on = std::make_shared<memory>();
    std::size_t k = 0, before = Inputs, l = 0;
    const auto layer = [&](std::size_t width) {
      auto& of = on->layers[l];
      of.width = width, of.inputs = before, of.activation = activations[l], ++l;
      for (std::size_t n = 0; n < width * before; ++n) of.weights.push_back(derivative_parameter(k++));
      for (std::size_t n = 0; n < width; ++n) of.biases.push_back(derivative_parameter(k++));
      before = width;
    };
    (layer(Widths), ...);
    on->outputs = before;
    derivative_contender made{.name = "Eigen duals"};
    made.jacobian = derivative_loop([on] { on->run(); });
    made.numbers = [on] {
      on->run();
      return std::vector<double>(on->J.begin(), on->J.end());
    };
    return made;
  }

  using number = Eigen::AutoDiffScalar<Eigen::Matrix<float, static_cast<int>(Inputs), 1>>;
  struct dense {
    std::size_t width, inputs;
    std::string_view activation;
    std::vector<float> weights, biases;
  };
  struct memory {
    std::array<dense, sizeof...(Widths)> layers;
    std::size_t outputs;
    std::vector<number> a, z;
    std::vector<float> J;

    void run() {
      a.resize(Inputs);
      for (std::size_t i = 0; i < Inputs; ++i) a[i] = number(derivative_input(i), static_cast<int>(Inputs), static_cast<int>(i));
      for (const auto& of : layers) {
        z.resize(of.width);
        for (std::size_t o = 0; o < of.width; ++o) {
          number sum(of.biases[o]);
          sum.derivatives().setZero();
          for (std::size_t i = 0; i < of.inputs; ++i) sum += of.weights[o * of.inputs + i] * a[i];
          if (of.activation == "tanh") z[o] = tanh(sum);
          else if (of.activation == "relu" && sum.value() < 0) z[o].value() = 0, z[o].derivatives().setZero();
          else z[o] = sum;
        }
        a.swap(z);
      }
      J.clear();
      for (std::size_t o = 0; o < outputs; ++o)
        for (std::size_t i = 0; i < Inputs; ++i) J.push_back(a[o].derivatives()[static_cast<int>(i)]);
    }
  };
};

} // namespace bench
