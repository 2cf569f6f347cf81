// input<w> -> dense<w, tanh> -> dense<3>: widths that fill no register, one, and many with a rest.
#pragma once

#include "network.hpp"

namespace pytorch {

inline constexpr quantity width_expected[] = {
#include "expected/width.inc"
};

/// The power of two near 1 / sqrt(w): keeps the arguments of tanh near one.
constexpr double width_scale(std::size_t w) {
  double scale = 1;
  while (scale * scale * static_cast<double>(w) >= 4)
    scale /= 2;
  return scale;
}

template <class T, std::size_t w>
void width() {
  using net_t = inlay::basic_network<T, inlay::input<w>, inlay::dense<w, inlay::tanh>, inlay::dense<3>>;
  const comparison<net_t> net{"width " + std::to_string(w), width_expected, w < 784 ? 37 : 7, width_scale(w)};
  net.outputs();
  net.every_loss();
}

} // namespace pytorch
