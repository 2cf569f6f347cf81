#pragma once

#include "inlay/math/arithmetic.hpp"

#include <cstddef>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// The alignment of everything inlay stores: one cache line, one AVX-512 register.
inline constexpr std::size_t alignment = 64;

/// n elements of T, rounded up to whole alignments.
template <class T>
constexpr std::size_t padded(std::size_t n) noexcept {
  constexpr std::size_t unit = alignment / sizeof(T);
  return (n + unit - 1) / unit * unit;
}

/// A view of at most `Samples` rows of N numbers, `Stride` apart: a block of ours, or memory of the caller's.
/// Padding between N and Stride exists in blocks only; it may be read and written there, and counts for nothing.
template <class T, std::size_t Samples, std::size_t N, std::size_t Stride>
struct rows {
  static constexpr std::size_t capacity = Samples;
  static constexpr std::size_t size = N;
  static constexpr std::size_t stride = Stride;
  static constexpr bool foreign = false; ///< may hold denormals: the caller's numbers
  using element = T;

  T* data;
  std::size_t count; ///< rows in use; 1 where Samples is 1

  constexpr T* operator[](std::size_t sample) const noexcept { return data + sample * Stride; }
  /// Number i of a sample, to compute with.
  constexpr std::remove_const_t<T> number(std::size_t sample, std::size_t i) const noexcept { return (*this)[sample][i]; }
  constexpr std::size_t samples() const noexcept {
    if constexpr (Samples == 1) return 1;
    else return count;
  }
  constexpr operator rows<const T, Samples, N, Stride>() const noexcept
    requires(!std::is_const_v<T>)
  {
    return {data, count};
  }
};

/// Rows of the caller's memory, whose denormals count as zero where they are read.
template <class T, std::size_t Samples, std::size_t N>
struct foreign_rows : rows<T, Samples, N, N> {
  static constexpr bool foreign = true;
  constexpr std::remove_const_t<T> number(std::size_t sample, std::size_t i) const noexcept {
    return math::flush_denormal((*this)[sample][i]);
  }
};

namespace detail {
template <class T, std::size_t Samples, std::size_t N, std::size_t Stride>
constexpr rows<const T, Samples, N, Stride> as_read(rows<T, Samples, N, Stride> all) noexcept {
  return {all.data, all.count};
}
template <class T, std::size_t Samples, std::size_t N, std::size_t Stride>
constexpr rows<const T, Samples, N, Stride> as_read(rows<const T, Samples, N, Stride> all) noexcept {
  return all;
}
} // namespace detail

/// One row of several.
template <class T, std::size_t Samples, std::size_t N, std::size_t Stride>
constexpr rows<T, 1, N, Stride> row(rows<T, Samples, N, Stride> all, std::size_t sample) noexcept {
  return {all[sample], 1};
}

/// Rows that are a part of wider ones, whose other numbers are in use behind them: what fills their registers is all that may be
/// written there.
template <class T, std::size_t Samples, std::size_t N, std::size_t Stride>
struct placed_rows : rows<T, Samples, N, Stride> {};
template <class T, std::size_t Samples, std::size_t N, std::size_t Stride>
constexpr placed_rows<T, 1, N, Stride> row(placed_rows<T, Samples, N, Stride> all, std::size_t sample) noexcept {
  return {{all[sample], 1}};
}

/// Where the padding of rows ends.
template <class Rows>
inline constexpr std::size_t end_of_row = Rows::stride;
template <class T, std::size_t Samples, std::size_t N, std::size_t Stride>
inline constexpr std::size_t end_of_row<placed_rows<T, Samples, N, Stride>> = N;

/// The rows of one sample of a shape, one a step.
template <class Shape, class T, std::size_t Samples, std::size_t N, std::size_t Stride>
constexpr rows<T, Shape::steps, N, Stride> rows_of_sample(rows<T, Samples, N, Stride> all, std::size_t sample) noexcept {
  return {all[sample * Shape::steps], Shape::steps};
}

/// Storage of at most `Samples` rows of N numbers, each row padded to whole alignments. Not initialised.
template <class T, std::size_t Samples, std::size_t N>
struct block {
  static constexpr std::size_t stride = padded<T>(N);
  alignas(alignment) T data[Samples * stride];

  /// Leaves the numbers uninitialised at run time; constant evaluation may not read such a number, even to copy it.
  constexpr block() noexcept {
    if (__builtin_is_constant_evaluated())
      for (T& x : data) x = T(0);
  }

  constexpr rows<T, Samples, N, stride> view(std::size_t count) noexcept { return {data, count}; }
  constexpr rows<const T, Samples, N, stride> view(std::size_t count) const noexcept { return {data, count}; }
};

/// A row of zeros.
template <class T, std::size_t N>
inline constexpr block<T, 1, N> zeros{};

/// All of a block, padding included.
template <class T, std::size_t Samples, std::size_t N>
constexpr void make_zero(block<T, Samples, N>& all) noexcept {
  for (T& x : all.data) x = 0;
}

/// Rows of ours, their padding zero.
template <class Rows>
constexpr void clear_padding(Rows y) noexcept {
  for (std::size_t s = 0; s < y.samples(); ++s)
    for (std::size_t i = Rows::size; i < end_of_row<Rows>; ++i) y[s][i] = 0;
}

} // namespace inlay
