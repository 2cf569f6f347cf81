#pragma once

#include "inlay/kernel.hpp"
#include "inlay/layer.hpp"

#include <limits>
#include <ratio>

/// What the norms share. A norm makes x̂ = (x − mean) / √(variance + ε), of the numbers that it takes together, and y = w x̂ + b.
namespace inlay {

/// y = factor x + summand.
template <class T>
struct scaling {
  T factor, summand;
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// ε as a number: of a std::ratio, or of `void` the scalar's machine epsilon.
template <class Epsilon, scalar T>
constexpr T epsilon_of() noexcept {
  if constexpr (std::same_as<Epsilon, void>) return std::numeric_limits<math::scalar_of<T>>::epsilon();
  else return static_cast<T>(static_cast<double>(Epsilon::num) / static_cast<double>(Epsilon::den));
}

/// 1 / √(variance + ε), of a register or a scalar.
template <class Epsilon, scalar T, class V>
constexpr V over_root(V variance) noexcept {
  using math::square_root;
  return V(T(1)) / square_root(variance + V(epsilon_of<Epsilon, T>()));
}
/// The same of one number, whose root as a scalar's would branch on it.
template <class Epsilon, scalar T>
constexpr T over_root_of(T variance) noexcept {
  return kernel::of_one([](auto v) { return over_root<Epsilon, T>(v); }, variance);
}

/// θ of a norm: w, then b, of N numbers each, from a line on each.
template <class T, std::size_t N>
struct scale_and_shift {
  static constexpr std::size_t shift_at = padded<T>(N), count = 2 * N, storage = 2 * padded<T>(N);
  using weights = rows<const T, 1, N, padded<T>(N)>;
  static constexpr weights scale(const T* theta) noexcept { return {theta, 1}; }
  static constexpr weights shift(const T* theta) noexcept { return {theta + shift_at, 1}; }
  /// Where the k-th is, the numbers of w and of b in the order of `inside`.
  template <class Shape>
  static constexpr std::size_t index(std::size_t k) noexcept {
    return k < N ? Shape::inside(k) : shift_at + Shape::inside(k - N);
  }
  /// w = 1, b = 0.
  static constexpr void initialize(T* theta) noexcept {
    for (std::size_t i = 0; i < N; ++i) theta[i] = 1, theta[shift_at + i] = 0;
  }
};

/// Tensors of a shape, under these names.
template <class Shape, class... Names>
constexpr auto parameters_of_shape(Names... names) noexcept {
  struct list {
    parameter of[sizeof...(Names)];
    constexpr const parameter& operator[](std::size_t k) const noexcept { return of[k]; }
    constexpr const parameter* begin() const noexcept { return of; }
    constexpr const parameter* end() const noexcept { return of + sizeof...(Names); }
  };
  const auto named = [](const char* name) {
    parameter one{name};
    for (std::size_t k = 0; k < Shape::rank; ++k) one.extents[k] = Shape::extents[k];
    return one;
  };
  return list{{named(names)...}};
}

/// The same row `count` times.
template <std::size_t count, class T, std::size_t N>
constexpr rows<const T, count, N, 0> repeated(const block<T, 1, N>& one) noexcept {
  return {one.data, count};
}

/// The positions of a sample as rows of its channels.
template <class Shape, class T>
constexpr rows<T, Shape::positions, Shape::channels, Shape::channels> positions_of(T* sample) noexcept {
  return {sample, Shape::positions};
}

} // namespace inlay::detail
