// The laws of the library. A law is a function that returns what it found against itself in words, and nothing where it
// holds: CHECK(law(...) == ""). So a law can be shown something broken, and each one is, once.
#pragma once

#include "catch.hpp"

#include "inlay/random.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <new>
#include <sstream>
#include <string>

namespace laws {

using finding = std::string;

/// How far two computations of one sum of n terms may be apart, whatever the order of the additions and whichever
/// products are fused: 2 γ Σ|term| with γ = n u / (1 − n u), u = ε / 2 (Higham, Accuracy and Stability of Numerical
/// Algorithms, 2002, sections 3.1 and 4.2), and n times the smallest normal number where terms underflow.
/// Every tolerance of the laws is this one; `magnitude` is Σ|term|.
template <class T>
constexpr double rounding(std::size_t n, double magnitude) noexcept {
  constexpr double unit = static_cast<double>(std::numeric_limits<T>::epsilon()) / 2;
  const double k = static_cast<double>(n);
  return 2 * k * (unit / (1 - k * unit) * magnitude + static_cast<double>(std::numeric_limits<T>::min()));
}

/// n numbers in [-1, 1), the same everywhere.
template <class T>
struct noise {
  inlay::detail::random numbers;
  constexpr explicit noise(std::uint64_t seed) noexcept : numbers{seed} {}
  constexpr T operator()() noexcept { return static_cast<T>(numbers.symmetric()); }
  constexpr void fill(auto& range) noexcept {
    for (auto& x : range) x = (*this)();
  }
};
template <class T, std::size_t N>
constexpr std::array<T, N> noise_array(std::uint64_t seed) noexcept {
  std::array<T, N> values{};
  noise<T>(seed).fill(values);
  return values;
}

/// Memory for `samples` rows, aligned as the library's own, every number `value` at first.
template <class T>
class memory {
public:
  memory(std::size_t samples, std::size_t stride, T value)
      : samples_(samples), stride_(stride), data_(static_cast<T*>(::operator new(bytes(), std::align_val_t{64}))) {
    for (T& x : *this) x = value;
  }
  memory(const memory& from) : memory(from.samples_, from.stride_, T(0)) {
    for (std::size_t i = 0; i < samples_ * stride_; ++i) data_[i] = from.data_[i];
  }
  memory& operator=(const memory&) = delete;
  ~memory() { ::operator delete(data_, std::align_val_t{64}); }

  T* data() const noexcept { return data_; }
  T* begin() const noexcept { return data_; }
  T* end() const noexcept { return data_ + samples_ * stride_; }
  T* operator[](std::size_t sample) const noexcept { return data_ + sample * stride_; }
  std::size_t samples() const noexcept { return samples_; }
  std::size_t stride() const noexcept { return stride_; }

private:
  std::size_t samples_, stride_;
  T* data_;
  std::size_t bytes() const noexcept { return samples_ * stride_ * sizeof(T) + 64; }
};

template <class... Words>
finding say(const Words&... words) {
  std::ostringstream text;
  text.precision(17);
  (text << ... << words);
  return text.str();
}

/// Whether `found` is `wanted` within `tolerance`; a NaN is no number at all.
inline bool near(double found, double wanted, double tolerance) noexcept {
  return found == wanted || std::abs(found - wanted) <= tolerance;
}

/// Compares the first `size` numbers of `count` rows: each within rounding<T>(terms, magnitude) of what is wanted.
template <class T>
finding compare(const char* what, std::size_t count, std::size_t size, const memory<T>& found, const memory<T>& wanted,
                std::size_t terms, const memory<T>& magnitude) {
  for (std::size_t s = 0; s < count; ++s)
    for (std::size_t i = 0; i < size; ++i) {
      const double tolerance = rounding<T>(terms, static_cast<double>(magnitude[s][i]));
      if (!near(static_cast<double>(found[s][i]), static_cast<double>(wanted[s][i]), tolerance))
        return say(what, "[", s, "][", i, "] is ", found[s][i], ", wanted ", wanted[s][i], " within ", tolerance, "; ");
    }
  return {};
}

} // namespace laws
