// Convolutions against PyTorch's Conv1d.
#pragma once

#include "network.hpp"

namespace pytorch {

inline constexpr quantity conv1d_expected[] = {
#include "expected/conv1d.inc"
};

template <class T, class... Layers>
void conv1d(const char* name, double scale) {
  const comparison<inlay::basic_network<T, Layers...>> net{name, conv1d_expected, 11, scale};
  net.outputs();
  net.mean_squared_error();
  net.huber();
}

} // namespace pytorch
