#pragma once

#include "training.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <string>

namespace bench {

inline std::string eigen_version() {
  return std::to_string(EIGEN_WORLD_VERSION) + '.' + std::to_string(EIGEN_MAJOR_VERSION) + '.' +
         std::to_string(EIGEN_MINOR_VERSION);
}

struct eigen_identity {
  template <class A>
  static void apply(A&) {}
  template <class A, class D>
  static void delta(const A&, D&) {}
};
struct eigen_relu {
  template <class A>
  static void apply(A& a) {
    a = a.cwiseMax(0.0f);
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    d.array() *= (a.array() > 0.0f).template cast<float>();
  }
};
struct eigen_tanh {
  template <class A>
  static void apply(A& a) {
    a = a.array().tanh();
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    d.array() *= 1.0f - a.array().square();
  }
};
struct eigen_sigmoid {
  template <class A>
  static void apply(A& a) {
    a = a.array().logistic();
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    d.array() *= a.array() * (1.0f - a.array());
  }
};

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

  eigen_layer(std::size_t out, std::size_t in, std::size_t samples, const float* parameters) {
    const auto rows = static_cast<Eigen::Index>(out), columns = static_cast<Eigen::Index>(in);
    using row_major = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    w.set(Eigen::Map<const row_major>(parameters, rows, columns));
    b.set(Eigen::Map<const Eigen::VectorXf>(parameters + out * in, rows));
    a = delta = outputs::Zero(rows, static_cast<Eigen::Index>(samples));
  }

  template <class X, class A>
  void affine(const X& x, A& out) const {
    if constexpr (Samples == 1) out = b.value;
    else out.colwise() = b.value;
    out.noalias() += w.value * x;
  }
  template <class X>
  void accumulate(const X& x) { // ∇W, ∇b from ∇z in delta
    w.gradient.noalias() = delta * x.transpose();
    if constexpr (Samples == 1) b.gradient = delta;
    else b.gradient = delta.rowwise().sum();
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
};

} // namespace bench
