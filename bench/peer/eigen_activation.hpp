#pragma once

#include <Eigen/Core>
#include <unsupported/Eigen/SpecialFunctions>

#include <cmath>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

namespace bench {

// inlay's activations as one writes them with Eigen: expressions of functions that it has for whole registers (exp,
// log, tanh, logistic, erf, minimum and maximum). Its select and its comparisons it has for single numbers only, so
// they stand where nothing dear is in them and the compiler vectorizes the loop. Absolute precision is float's; the
// relative one of values near zero is given up where that is faster, e^z - 1 for expm1. `apply(a)`: a = σ(a) in place;
// `delta(a, d)`: d *= σ′, of the value a. An activation whose σ′ is dear to have from its value says `keeps_slope` and
// has `apply(z, a, slope)`: a = σ(z), slope = σ′(z), with the expensive part shared.

struct eigen_identity {
  static constexpr std::string_view name = "identity";
  template <class A>
  static void apply(A&) {}
  template <class A, class D>
  static void delta(const A&, D&) {}
};
struct eigen_relu {
  static constexpr std::string_view name = "relu";
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
  static constexpr std::string_view name = "tanh";
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
  static constexpr std::string_view name = "sigmoid";
  template <class A>
  static void apply(A& a) {
    a = a.array().logistic();
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    d.array() *= a.array() * (1.0f - a.array());
  }
};
// Eigen has no faster ones to put beside inlay's.
struct eigen_fast_tanh : eigen_tanh {
  static constexpr std::string_view name = "fast_tanh";
};
struct eigen_fast_sigmoid : eigen_sigmoid {
  static constexpr std::string_view name = "fast_sigmoid";
};

struct eigen_leaky_relu {
  static constexpr std::string_view name = "leaky_relu";
  template <class A>
  static void apply(A& a) {
    a = a.cwiseMax(0.01f * a);
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    d.array() = (a.array() > 0.0f).select(d.array(), 0.01f * d.array());
  }
};
struct eigen_elu {
  static constexpr std::string_view name = "elu";
  template <class A>
  static void apply(A& a) {
    a.array() = a.array().max(0.0f) + (a.array().min(0.0f).exp() - 1.0f);
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    d.array() *= a.array().min(0.0f) + 1.0f;
  }
};
struct eigen_celu : eigen_elu {
  static constexpr std::string_view name = "celu";
};
struct eigen_selu {
  static constexpr std::string_view name = "selu";
  static constexpr float scale = 1.0507009873554805f, low = 1.0507009873554805f * 1.6732632423543772f;
  template <class A>
  static void apply(A& a) {
    a.array() = scale * a.array().max(0.0f) + low * (a.array().min(0.0f).exp() - 1.0f);
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    d.array() *= a.array().min(0.0f) + low + (scale - low) * (a.array() > 0.0f).template cast<float>();
  }
};

struct eigen_gelu {
  static constexpr std::string_view name = "gelu";
  using keeps_slope = void;
  static constexpr float root_half = 0.70710678f, root_half_over_pi = 0.39894228f; // √½, 1 / √(2π)
  template <class A>
  static void apply(A& a) {
    a.array() *= 0.5f + 0.5f * (root_half * a.array()).erf();
  }
  template <class Z, class A>
  static void apply(const Z& z, A& a, A& slope) {
    slope.array() = 0.5f + 0.5f * (root_half * z.array()).erf();
    a.array() = z.array() * slope.array();
    slope.array() += root_half_over_pi * z.array() * (-0.5f * z.array().square()).exp();
  }
};
struct eigen_gelu_tanh {
  static constexpr std::string_view name = "gelu_tanh";
  using keeps_slope = void;
  static constexpr float linear = 0.79788456f, cubic = 0.044715f * 0.79788456f; // √(2/π)
  template <class A>
  static void apply(A& a) {
    a.array() *= 0.5f + 0.5f * (a.array() * (linear + cubic * a.array().square())).tanh();
  }
  template <class Z, class A>
  static void apply(const Z& z, A& a, A& slope) {
    slope.array() = (z.array() * (linear + cubic * z.array().square())).tanh();
    a.array() = z.array() * (0.5f + 0.5f * slope.array());
    slope.array() = 0.5f + 0.5f * slope.array() +
                    0.5f * z.array() * (1.0f - slope.array().square()) * (linear + 3 * cubic * z.array().square());
  }
};
struct eigen_silu {
  static constexpr std::string_view name = "silu";
  using keeps_slope = void;
  template <class A>
  static void apply(A& a) {
    a.array() *= a.array().logistic();
  }
  template <class Z, class A>
  static void apply(const Z& z, A& a, A& slope) {
    slope.array() = z.array().logistic();
    a.array() = z.array() * slope.array();
    slope.array() += a.array() * (1.0f - slope.array());
  }
};
/// tanh(log(1 + E)) = 1 - 2 / ((1 + E)² + 1): one function instead of three. It is 1 from z = 20 on.
struct eigen_mish {
  static constexpr std::string_view name = "mish";
  using keeps_slope = void;
  template <class A>
  static void apply(A& a) {
    a.array() *= 1.0f - 2.0f / ((1.0f + a.array().min(20.0f).exp()).square() + 1.0f);
  }
  template <class Z, class A>
  static void apply(const Z& z, A& a, A& slope) {
    slope.array() = z.array().min(20.0f).exp();
    a.array() = ((1.0f + slope.array()).square() + 1.0f).inverse();
    slope.array() =
        1.0f - 2.0f * a.array() + 4.0f * z.array() * (slope.array() * (1.0f + slope.array())) * a.array().square();
    a.array() = z.array() * (1.0f - 2.0f * a.array());
  }
};
struct eigen_softplus {
  static constexpr std::string_view name = "softplus";
  template <class A>
  static void apply(A& a) {
    a.array() = a.array().max(0.0f) + (1.0f + (-a.array().abs()).exp()).log();
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    d.array() *= 1.0f - (-a.array()).exp();
  }
};
struct eigen_softsign {
  static constexpr std::string_view name = "softsign";
  template <class A>
  static void apply(A& a) {
    a.array() /= 1.0f + a.array().abs();
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    d.array() *= (1.0f - a.array().abs()).square();
  }
};

struct eigen_hard_sigmoid {
  static constexpr std::string_view name = "hard_sigmoid";
  template <class A>
  static void apply(A& a) {
    a.array() = (a.array() * (1 / 6.0f) + 0.5f).max(0.0f).min(1.0f);
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    d.array() *= ((a.array() - 0.5f).abs() < 0.5f).template cast<float>() * (1 / 6.0f);
  }
};
struct eigen_hard_tanh {
  static constexpr std::string_view name = "hard_tanh";
  template <class A>
  static void apply(A& a) {
    a = a.cwiseMax(-1.0f).cwiseMin(1.0f);
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    d.array() *= (a.array().abs() < 1.0f).template cast<float>();
  }
};
struct eigen_hard_swish {
  static constexpr std::string_view name = "hard_swish";
  using keeps_slope = void;
  template <class A>
  static void apply(A& a) {
    a.array() *= (a.array() * (1 / 6.0f) + 0.5f).max(0.0f).min(1.0f);
  }
  template <class Z, class A>
  static void apply(const Z& z, A& a, A& slope) {
    slope.array() = (z.array() * (1 / 6.0f) + 0.5f).max(0.0f).min(1.0f);
    a.array() = z.array() * slope.array();
    slope.array() += (z.array().abs() < 3.0f).template cast<float>() * z.array() * (1 / 6.0f);
  }
};

// Of a whole row at once: a column here, sample by sample, so that nothing is allocated.
struct eigen_softmax {
  static constexpr std::string_view name = "softmax";
  template <class A>
  static void apply(A& a) {
    for (Eigen::Index sample = 0; sample < a.cols(); ++sample) {
      auto column = a.col(sample).array();
      column = (column - column.maxCoeff()).exp();
      column *= 1.0f / column.sum();
    }
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    for (Eigen::Index sample = 0; sample < a.cols(); ++sample) {
      const float along = a.col(sample).dot(d.col(sample));
      d.col(sample).array() = a.col(sample).array() * (d.col(sample).array() - along);
    }
  }
};
struct eigen_log_softmax {
  static constexpr std::string_view name = "log_softmax";
  template <class A>
  static void apply(A& a) {
    for (Eigen::Index sample = 0; sample < a.cols(); ++sample) {
      auto column = a.col(sample).array();
      const float most = column.maxCoeff();
      column -= most + std::log((column - most).exp().sum());
    }
  }
  template <class A, class D>
  static void delta(const A& a, D& d) {
    for (Eigen::Index sample = 0; sample < a.cols(); ++sample) {
      const float total = d.col(sample).sum();
      d.col(sample).array() -= a.col(sample).array().exp() * total;
    }
  }
};

using eigen_activations =
    std::tuple<eigen_identity, eigen_relu, eigen_tanh, eigen_sigmoid, eigen_fast_tanh, eigen_fast_sigmoid,
               eigen_leaky_relu, eigen_elu, eigen_celu, eigen_selu, eigen_gelu, eigen_gelu_tanh, eigen_silu, eigen_mish,
               eigen_softplus, eigen_softsign, eigen_hard_sigmoid, eigen_hard_tanh, eigen_hard_swish, eigen_softmax,
               eigen_log_softmax>;
inline constexpr std::size_t eigen_activation_count = std::tuple_size_v<eigen_activations>;

/// Which of them has that name; eigen_activation_count if none has.
inline std::size_t eigen_activation_called(std::string_view name) {
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    std::size_t found = eigen_activation_count;
    ((std::tuple_element_t<i, eigen_activations>::name == name ? void(found = i) : void()), ...);
    return found;
  }(std::make_index_sequence<eigen_activation_count>());
}
/// f of the one with that number: what compilers make a switch of.
template <class F>
void with_eigen_activation(std::size_t number, F f) {
  [&]<std::size_t... i>(std::index_sequence<i...>) {
    [[maybe_unused]] const bool known =
        ((number == i && (f(std::tuple_element_t<i, eigen_activations>()), true)) || ...);
  }(std::make_index_sequence<eigen_activation_count>());
}

} // namespace bench
