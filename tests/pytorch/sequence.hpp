// Layers that mix the steps of a sequence against PyTorch's.
#pragma once

#include "network.hpp"

namespace pytorch {

inline constexpr quantity sequence_expected[] = {
#include "expected/sequence.inc"
};

template <class T, class... Layers>
void sequence(const char* name, double scale) {
  const comparison<inlay::basic_network<T, Layers...>> net{name, sequence_expected, 11, scale};
  net.outputs();
  net.mean_squared_error();
  net.huber();
}

} // namespace pytorch
