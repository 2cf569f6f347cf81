// Compares what inlay computes with what PyTorch computed (expected/*.inc, written by generate.py).
#pragma once

#include "catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pytorch {

/// A tensor of `size` entries: all of them up to 12; of more, 8 evenly spaced entries, the dot products with
/// numbers("fingerprint 0" .. "fingerprint 2"), and the norm.
struct quantity {
  std::string_view name;
  std::size_t size;
  std::array<double, 12> values;
};

// How the error is measured. An entry is a sum of products, and its rounding error grows with the magnitude
// of the terms summed, not of the sum, so that the entries of one tensor, sums of like terms, have like
// errors. Hence
//     error = |found - expected| / max(|expected|, floor),   floor = root mean square of PyTorch's tensor,
// and for a dot product of a tensor with one of the fixed vectors, whose terms add up like a random walk,
// floor = norm of the tensor. The same tolerances hold for every net, loss, width and compiler.
template <class T>
inline constexpr double tolerance = std::same_as<T, float> ? 2e-5 : 1e-10;

inline double relative_error(double found, double expected, double floor) {
  if (found == expected)
    return 0;
  const double error = std::abs(found - expected) / std::max(std::abs(expected), floor);
  return std::isfinite(error) ? error : std::numeric_limits<double>::infinity();
}

/// n multiples of 2^-12 in [-1, 1), times a power of two: exact in float and double, the same in generate.py.
template <class T>
std::vector<T> numbers(std::string_view name, std::size_t n, double scale = 1) {
  std::uint64_t state = 0xcbf29ce484222325; // FNV-1a of the name seeds splitmix64
  for (const char c : name)
    state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  std::vector<T> result(n);
  for (T& value : result) {
    std::uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    z ^= z >> 31;
    value = static_cast<T>((static_cast<double>(z >> 51) - 4096) / 4096 * scale);
  }
  return result;
}

/// count arrays filled one after the other from numbers().
template <class Array>
std::vector<Array> samples(std::string_view name, std::size_t count, double scale = 1) {
  std::vector<Array> result(count);
  const auto flat = numbers<typename Array::value_type>(name, count * result[0].size(), scale);
  auto next = flat.begin();
  for (Array& array : result)
    for (auto& value : array)
      value = *next++;
  return result;
}

inline const quantity& find(std::span<const quantity> expected, std::string_view name) {
  const auto found = std::ranges::find(expected, name, &quantity::name);
  INFO("expected/*.inc has no \"" << name << "\": run generate.py");
  REQUIRE(found != expected.end());
  return *found;
}

/// Fails unless every value of `found`, or of its fingerprint, is within tolerance<T>.
template <class T>
void check(std::span<const T> found, const quantity& expected) {
  INFO(expected.name << (std::same_as<T, float> ? ", float" : ", double"));
  REQUIRE(found.size() == expected.size);
  const std::size_t n = found.size();
  const auto& reference = expected.values;
  double worst = 0;
  std::size_t where = 0;
  const auto compare = [&](std::size_t k, double value, double floor) {
    if (const double error = relative_error(value, reference[k], floor); error > worst) {
      worst = error;
      where = k;
    }
  };
  if (n <= reference.size()) {
    double squares = 0;
    for (std::size_t k = 0; k < n; ++k)
      squares += reference[k] * reference[k];
    for (std::size_t k = 0; k < n; ++k)
      compare(k, found[k], std::sqrt(squares / static_cast<double>(n)));
  } else {
    const double norm = reference[11];
    for (std::size_t k = 0; k < 8; ++k)
      compare(k, found[k * (n - 1) / 7], norm / std::sqrt(static_cast<double>(n)));
    for (std::size_t k = 0; k < 3; ++k) {
      const auto other = numbers<double>("fingerprint " + std::to_string(k), n);
      double dot = 0;
      for (std::size_t i = 0; i < n; ++i)
        dot += static_cast<double>(found[i]) * other[i];
      compare(8 + k, dot, norm);
    }
    double squares = 0;
    for (const T value : found)
      squares += static_cast<double>(value) * static_cast<double>(value);
    compare(11, std::sqrt(squares), norm);
  }
  INFO("worst: value " << where << " of the " << std::min<std::size_t>(n, 12) << " listed, expected "
                       << reference[where]);
  CHECK(worst <= tolerance<T>);
}

template <class T>
void check(std::span<const T> found, std::span<const quantity> expected, std::string_view name) {
  check(found, find(expected, name));
}

} // namespace pytorch
