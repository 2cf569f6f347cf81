#pragma once

#include "net/training.hpp"
#include "peer/eigen_activation.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <string>

namespace bench {

inline std::string eigen_version() {
  return std::to_string(EIGEN_WORLD_VERSION) + '.' + std::to_string(EIGEN_MAJOR_VERSION) + '.' +
         std::to_string(EIGEN_MINOR_VERSION);
}

/// σ(W x + b) and its training step, of `Samples` columns; each size a number or Eigen::Dynamic. All memory is kept
/// from call to call and products are evaluated in place (noalias): the time is Eigen's and not the allocator's.
template <int Out, int In, int Samples>
struct eigen_layer {
  using weights = Eigen::Matrix<float, Out, In>;
  using biases = Eigen::Matrix<float, Out, 1>;
  using outputs = Eigen::Matrix<float, Out, Samples>;
  using inputs = Eigen::Matrix<float, In, Samples>;

  template <class Parameter>
  struct learned {
    Parameter value, gradient, mean, square;

    void set(const Parameter& initial) {
      value = initial;
      gradient = mean = square = Parameter::Zero(initial.rows(), initial.cols());
    }
    void step(float correction1, float correction2) {
      mean = adam::beta1 * mean + (1 - adam::beta1) * gradient;
      square.array() = adam::beta2 * square.array() + (1 - adam::beta2) * gradient.array().square();
      value.array() -= (adam::learning_rate / correction1) * mean.array() /
                       ((square.array() * (1 / correction2)).sqrt() + adam::epsilon);
    }
  };

  learned<weights> w;
  learned<biases> b;
  outputs a, delta;
  outputs z, slope; // of an activation that keeps its slope, in training

  eigen_layer(std::size_t out, std::size_t in, std::size_t samples, const float* parameters) {
    const auto rows = static_cast<Eigen::Index>(out), columns = static_cast<Eigen::Index>(in);
    using row_major = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    w.set(Eigen::Map<const row_major>(parameters, rows, columns));
    b.set(Eigen::Map<const Eigen::VectorXf>(parameters + out * in, rows));
    a = delta = z = slope = outputs::Zero(rows, static_cast<Eigen::Index>(samples));
  }

  template <class Activation, class X>
  void infer(const X& x) {
    affine(x, a);
    Activation::apply(a);
  }
  /// The same, and what `through` reads.
  template <class Activation, class X>
  void record(const X& x) {
    if constexpr (requires { typename Activation::keeps_slope; }) {
      affine(x, z);
      Activation::apply(z, a, slope);
    } else
      infer<Activation>(x);
  }
  template <class Activation>
  void through() { // ∇z from ∇a, both in delta
    if constexpr (requires { typename Activation::keeps_slope; })
      delta.array() *= slope.array();
    else
      Activation::delta(a, delta);
  }
  template <class X>
  void accumulate(const X& x) { // ∇W, ∇b from ∇z in delta
    w.gradient.noalias() = delta * x.transpose();
    if constexpr (Samples == 1)
      b.gradient = delta;
    else
      b.gradient = delta.rowwise().sum();
  }
  template <class D>
  void transposed(D& below) const {
    below.noalias() = w.value.transpose() * delta;
  }
  float* save(float* parameters) const {
    using row_major = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    Eigen::Map<row_major>(parameters, w.value.rows(), w.value.cols()) = w.value;
    Eigen::Map<Eigen::VectorXf>(parameters + w.value.size(), b.value.size()) = b.value;
    return parameters + w.value.size() + b.value.size();
  }

private:
  template <class X>
  void affine(const X& x, outputs& out) const {
    if constexpr (Samples == 1)
      out = b.value;
    else
      out.colwise() = b.value;
    out.noalias() += w.value * x;
  }
};

} // namespace bench
