// simd == reference, kernel by kernel: what the laws of all kernels share.
#pragma once

#include "laws/law.hpp"

#include "inlay/kernel.hpp"

#include <initializer_list>
#include <type_traits>
#include <utility>
#include <vector>

namespace laws {

/// Batches with every remainder of the groups of rows that kernels work in, and one beyond each.
inline constexpr std::size_t batches[] = {1, 2, 3, 5, 6, 7, 31, 32, 33, 65};
inline constexpr std::size_t most_samples = 65;

/// Calls f<Arch>() for each instruction set whose registers a kernel of this build may choose (register_for): the
/// build's own, and those of the narrower registers within.
template <class F>
void for_each_arch(F f) {
  using inlay::kernel::simd::default_arch, inlay::kernel::simd::register_for;
  constexpr std::size_t bytes = sizeof(xsimd::batch<float, default_arch>);
  f.template operator()<default_arch>();
  if constexpr (bytes > 32) f.template operator()<typename register_for<float, 8>::arch>();
  if constexpr (bytes > 16) f.template operator()<typename register_for<float, 4>::arch>();
}

/// A linear map In -> Out as the kernels store it, with all that a check needs to know of it at run time, so that the
/// check itself is compiled once and not for each size.
template <class T>
struct linear_map {
  const char *arch, *layout;
  std::size_t in, out;
  std::size_t samples; ///< capacity of the rows: 1 chooses the kernels of one sample
  std::size_t x_stride;
  std::size_t storage;
  std::size_t (*index)(std::size_t o, std::size_t i);

  std::string name() const { return say(arch, ", ", sizeof(T) * 8, " bits, ", in, " -> ", out, layout, ": "); }
  std::size_t padded(std::size_t n) const { return inlay::padded<T>(n); }

  /// W and b as they lie in memory, padding zero, made of absolute values where asked.
  memory<T> weights(std::uint64_t seed, bool absolute) const {
    memory<T> w(1, storage, T(0));
    noise<T> value(seed);
    for (std::size_t o = 0; o < out; ++o)
      for (std::size_t i = 0; i < in; ++i) w.data()[index(o, i)] = absolute ? std::abs(value()) : value();
    return w;
  }
  /// Rows of `size` numbers; `padding` behind them.
  memory<T> rows(std::size_t size, std::size_t stride, std::uint64_t seed, bool absolute, T padding) const {
    memory<T> rows(samples, stride, padding);
    noise<T> value(seed);
    for (std::size_t s = 0; s < samples; ++s)
      for (std::size_t i = 0; i < size; ++i) rows[s][i] = absolute ? std::abs(value()) : value();
    return rows;
  }
  /// Finds a number in W or b that is not a parameter and not zero.
  finding padding(const memory<T>& w, const memory<T>& bias) const {
    std::vector<bool> used(storage, false);
    for (std::size_t o = 0; o < out; ++o)
      for (std::size_t i = 0; i < in; ++i) used[index(o, i)] = true;
    for (std::size_t k = 0; k < storage; ++k)
      if (!used[k] && w.data()[k] != T(0)) return say(name(), "padding of W at ", k, " is ", w.data()[k], "; ");
    for (std::size_t o = out; o < bias.stride(); ++o)
      if (bias.data()[o] != T(0)) return say(name(), "padding of b at ", o, " is ", bias.data()[o], "; ");
    return {};
  }
};

/// Rows of an odd size lie as a caller's do, one behind the other at any alignment; others as in a block.
template <class T, std::size_t N>
inline constexpr std::size_t input_stride = N % 2 == 1 ? N : inlay::padded<T>(N);

template <class T, class Arch, class Matrix, std::size_t Samples>
constexpr linear_map<T> linear_map_of() {
  return {Arch::name(), inlay::kernel::by_output<Matrix> ? " by output" : "", Matrix::inputs, Matrix::outputs, Samples, input_stride<T, Matrix::inputs>, Matrix::size,
          [](std::size_t o, std::size_t i) { return Matrix::index(o, i); }};
}

/// f<In, Out>() for every size 1..2 lanes + 1 of either, each In with one Out: the kernels go through the outputs in
/// registers and through the inputs in groups, and neither knows of the other, so that pairs which meet every In and every
/// Out meet every path; and for outputs of one, two and three panels. 7 is prime to 5, 9, 17 and 33.
template <class T, class Arch, class F>
void for_each_size(F f) {
  constexpr std::size_t n = 2 * xsimd::batch<T, Arch>::size + 1;
  [&]<std::size_t... k>(std::index_sequence<k...>) {
    (f.template operator()<1 + k * 7 % n, 1 + k>(), ...);
  }(std::make_index_sequence<n>{});
  if constexpr (std::is_same_v<Arch, inlay::kernel::simd::default_arch>) {
    constexpr std::size_t panel = 256 / sizeof(T);
    f.template operator()<2, panel + 1>();
    f.template operator()<19, panel + panel / 4>();
    f.template operator()<5, 2 * panel + 2>();
    f.template operator()<panel + 1, 3>();
    f.template operator()<panel / 2 + 3, panel>(); // many inputs are read by the quarter, and some are left over
    f.template operator()<panel + 2, panel / 2>();
    f.template operator()<2 * panel + 3, panel / 2 + 3>(); // more weights than a part of the first cache
    // Of few outputs the weights of several inputs are one register, and some inputs are left over.
    [&]<std::size_t... k>(std::index_sequence<k...>) {
      (f.template operator()<16 + k, 1 + k % (panel / 16)>(), ...);
      (f.template operator()<32 + k, 1 + k % (panel / 16)>(), ...);
      (f.template operator()<64 + k, 1 + k % (panel / 16)>(), ...);
    }(std::make_index_sequence<9>{});
  }
}

/// f<In, Out>() for the few outputs that may be stored output by output, up to three quarters of a line: every In from 1 to 2 lanes + 1,
/// and some of several panels.
template <class T, class Arch, class F>
void for_each_few(F f) {
  constexpr std::size_t n = 2 * xsimd::batch<T, Arch>::size + 1, most = 48 / sizeof(T), panel = 256 / sizeof(T);
  [&]<std::size_t... k>(std::index_sequence<k...>) {
    (f.template operator()<1 + k, 1 + k % most>(), ...);
  }(std::make_index_sequence<n>{});
  if constexpr (std::is_same_v<Arch, inlay::kernel::simd::default_arch>)
    [&]<std::size_t... k>(std::index_sequence<k...>) {
      (f.template operator()<panel - k, 1 + k>(), ...);
      (f.template operator()<(k % 2 == 0 ? panel + panel / 4 : 3 * panel) + 5 * k, 1 + k>(), ...);
    }(std::make_index_sequence<most>{});
}

/// f<Arch, Matrix, Samples>() for every instruction set, layout and size, for one sample and for many.
template <class T, class F>
void for_each_kernel(F f) {
  for_each_arch([&]<class Arch>() {
    const auto both = [&]<class Matrix>() {
      f.template operator()<Arch, Matrix, 1>();
      f.template operator()<Arch, Matrix, most_samples>();
    };
    for_each_size<T, Arch>([&]<std::size_t In, std::size_t Out>() { both.template operator()<inlay::kernel::panels<T, In, Out>>(); });
    for_each_few<T, Arch>([&]<std::size_t In, std::size_t Out>() { both.template operator()<inlay::kernel::output_rows<T, In, Out>>(); });
  });
}

} // namespace laws
