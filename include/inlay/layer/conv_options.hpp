#pragma once

#include <cstddef>

namespace inlay {

/// A number for each of the two directions of an image: one for both, or {height, width}. In one dimension the width counts.
struct sizes {
  std::size_t h, w;

  constexpr sizes(std::size_t both) noexcept : h(both), w(both) {}
  constexpr sizes(std::size_t height, std::size_t width) noexcept : h(height), w(width) {}
  friend constexpr bool operator==(sizes, sizes) noexcept = default;
};

/// Zeros around the input: none, a number on all sides, {height, width} on both sides each, before_after() for different ones,
/// or `same`, as many as keep height and width, one more behind where they are odd (as torch.nn.Conv2d(padding='same')).
struct padding_sizes {
  sizes before, after;
  bool keeps = false; ///< `same`

  constexpr padding_sizes(std::size_t all) noexcept : before(all), after(all) {}
  constexpr padding_sizes(std::size_t height, std::size_t width) noexcept : before(height, width), after(height, width) {}
  constexpr padding_sizes(sizes before, sizes after, bool keeps) noexcept : before(before), after(after), keeps(keeps) {}

  /// The same in numbers: what `same` is for a kernel.
  constexpr padding_sizes of(sizes kernel, sizes dilation) const noexcept {
    if (!keeps) return *this;
    const sizes all{dilation.h * (kernel.h - 1), dilation.w * (kernel.w - 1)}, first{all.h / 2, all.w / 2};
    return {first, {all.h - first.h, all.w - first.w}, false};
  }
  friend constexpr bool operator==(const padding_sizes&, const padding_sizes&) noexcept = default;
};
constexpr padding_sizes before_after(sizes before, sizes after) noexcept { return {before, after, false}; }
inline constexpr padding_sizes same{sizes(0), sizes(0), true};

/// Options of a convolution, in PyTorch's words and with its defaults:
/// `conv2d<8, 3, 3, relu, conv_options{.stride = 2, .padding = same}>`.
struct conv_options {
  sizes stride = 1;
  sizes dilation = 1;
  std::size_t groups = 1; ///< input channel c meets output channel o only within their group; as many as channels: depthwise
  padding_sizes padding = 0;

  friend constexpr bool operator==(const conv_options&, const conv_options&) noexcept = default;
};

/// Options of a pool, in PyTorch's words. A stride of 0 is the kernel's size, PyTorch's default.
struct pool_options {
  sizes stride = 0;
  padding_sizes padding = 0; ///< at most half the kernel; never the largest, for an average zeros
  sizes dilation = 1;        ///< of max pools only, as in PyTorch
  bool count_include_pad = true; ///< whether an average counts the zeros of the padding
  bool ceil_mode = false;    ///< a last window that reaches over the end counts, too

  friend constexpr bool operator==(const pool_options&, const pool_options&) noexcept = default;
};

} // namespace inlay
