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

/// layer<l>() is W row-major [out][in], then b, at `first` of PyTorch's parameters.
template <std::size_t l, std::size_t in, std::size_t out, class Net>
void layout(const Net& net, std::span<const typename Net::scalar> first) {
  const auto layer = net.template layer<l>();
  std::size_t wrong = 0;
  for (std::size_t o = 0; o < out; ++o) {
    wrong += layer.bias(o) != first[out * in + o];
    for (std::size_t i = 0; i < in; ++i)
      wrong += layer.weight(o, i) != first[o * in + i];
  }
  INFO("layer " << l);
  CHECK(wrong == 0);
}

template <class T, std::size_t w>
void width() {
  using net_t = inlay::basic_network<T, inlay::input<w>, inlay::dense<w, inlay::tanh>, inlay::dense<3>>;
  const comparison<net_t> net{"width " + std::to_string(w), width_expected, w < 784 ? 37 : 7, width_scale(w)};
  layout<1, w, w>(net.net(), net.parameters());
  layout<2, w, 3>(net.net(), std::span{net.parameters()}.subspan(w * w + w));
  net.outputs();
  net.every_loss();
}

} // namespace pytorch
