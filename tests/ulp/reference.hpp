#pragma once

#include "inlay/inlay_activations.hpp"

#include <cmath>

/// What each activation is held to: PyTorch's formula and derivative, written for accuracy in a wider type R.
namespace inlay::reference_formula {

template <class Activation>
struct of;

template <>
struct of<relu> {
  template <class R>
  static value_and_derivative<R> at(R z) {
    return {z < 0 ? R(0) : z, z > 0 ? R(1) : R(0)};
  }
};
template <>
struct of<sigmoid> {
  template <class R>
  static value_and_derivative<R> at(R z) {
    const R e = std::exp(-std::abs(z)); // never overflows
    const R small = e / (1 + e), large = 1 / (1 + e);
    return {z < 0 ? small : large, small * large};
  }
};
template <>
struct of<tanh> {
  template <class R>
  static value_and_derivative<R> at(R z) {
    const R e = std::exp(-2 * std::abs(z));
    return {std::tanh(z), 4 * e / ((1 + e) * (1 + e))};
  }
};

} // namespace inlay::reference_formula
