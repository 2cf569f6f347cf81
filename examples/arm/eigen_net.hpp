#pragma once

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace arm {

/// The controller as one writes it with Eigen's dynamic sizes: tanh hidden layers, a linear output, Adam.
/// Memory is allocated once, products are evaluated in place (noalias), so the time is Eigen's and not the
/// allocator's.
class eigen_net {
public:
  /// `parameters`: layer by layer, W row-major [out][in], then b, as from inlay::get_parameters.
  eigen_net(const std::vector<Eigen::Index>& widths, std::span<const float> parameters)
      : layers_(widths.size() - 1) {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const auto in = widths[l], out = widths[l + 1];
      using row_major = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
      layers_[l].weight.resize(Eigen::Map<const row_major>(parameters.data(), out, in));
      layers_[l].bias.resize(Eigen::Map<const Eigen::VectorXf>(parameters.data() + out * in, out));
      parameters = parameters.subspan(static_cast<std::size_t>(out * (in + 1)));
    }
  }

  const Eigen::VectorXf& operator()(const Eigen::VectorXf& x) {
    const Eigen::VectorXf* a = &x;
    for (auto& layer : layers_) {
      layer.a = layer.bias.value;
      layer.a.noalias() += layer.weight.value * *a;
      if (&layer != &layers_.back())
        layer.a = layer.a.array().tanh();
      a = &layer.a;
    }
    return *a;
  }

  /// One step of Adam (PyTorch's defaults) down the mean squared error; returns the error before the step.
  float train(const Eigen::VectorXf& x, const Eigen::VectorXf& target, float learning_rate) {
    auto& last = layers_.back();
    const Eigen::VectorXf& y = (*this)(x);
    last.delta = y - target;
    const float loss = last.delta.squaredNorm() / static_cast<float>(target.size());
    last.delta *= 2 / static_cast<float>(target.size());
    for (std::size_t l = layers_.size(); l-- > 0;) {
      auto& layer = layers_[l];
      layer.weight.gradient.noalias() = layer.delta * (l > 0 ? layers_[l - 1].a : x).transpose();
      layer.bias.gradient = layer.delta;
      if (l > 0) {
        auto& below = layers_[l - 1];
        below.delta.noalias() = layer.weight.value.transpose() * layer.delta;
        below.delta.array() *= 1 - below.a.array().square();
      }
    }
    power1_ *= 0.9f, power2_ *= 0.999f;
    for (auto& layer : layers_) {
      layer.weight.adam(learning_rate, 1 - power1_, 1 - power2_);
      layer.bias.adam(learning_rate, 1 - power1_, 1 - power2_);
    }
    return loss;
  }

private:
  template <class Matrix>
  struct parameter {
    Matrix value, gradient, mean, square;

    void resize(const Matrix& initial) {
      value = initial;
      gradient = mean = square = Matrix::Zero(initial.rows(), initial.cols());
    }

    void adam(float learning_rate, float correction1, float correction2) {
      mean = 0.9f * mean + 0.1f * gradient;
      square.array() = 0.999f * square.array() + 0.001f * gradient.array().square();
      value.array() -= (learning_rate / correction1) * mean.array() /
                       ((square.array() * (1 / correction2)).sqrt() + 1e-8f);
    }
  };

  struct layer {
    parameter<Eigen::MatrixXf> weight;
    parameter<Eigen::VectorXf> bias;
    Eigen::VectorXf a, delta;
  };

  std::vector<layer> layers_;
  float power1_ = 1, power2_ = 1;
};

} // namespace arm
