// Convolutions with groups and padding, of one dimension and two, against PyTorch's Conv1d and Conv2d.
#pragma once

#include "network.hpp"

namespace pytorch {

inline constexpr quantity conv2d_expected[] = {
#include "expected/conv2d.inc"
};

template <class T, class... Layers>
void conv2d(const char* name, double scale) {
  const comparison<inlay::basic_network<T, Layers...>> net{name, conv2d_expected, 11, scale};
  net.outputs();
  net.mean_squared_error();
  net.huber();
}

} // namespace pytorch
