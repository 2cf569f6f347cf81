#pragma once

#include "inlay/activation.hpp"
#include "inlay/activation/elu.hpp"
#include "inlay/activation/fast.hpp"
#include "inlay/activation/gelu.hpp"
#include "inlay/activation/hard.hpp"
#include "inlay/activation/mish.hpp"
#include "inlay/activation/relu.hpp"
#include "inlay/activation/sigmoid.hpp"
#include "inlay/activation/silu.hpp"
#include "inlay/activation/softmax.hpp"
#include "inlay/activation/softplus.hpp"
#include "inlay/activation/softsign.hpp"
#include "inlay/activation/tanh.hpp"

namespace inlay {

/// Calls f<σ>() for every activation of inlay, in the order of tables.
template <class F>
constexpr void for_each_activation(F f) {
  const auto each = [&]<class... Activation>() { (f.template operator()<Activation>(), ...); };
  each.template operator()<identity, relu, leaky_relu, elu, celu, selu, sigmoid, tanh, gelu, gelu_tanh, silu, mish, softplus,
                           softsign, hard_sigmoid, hard_tanh, hard_swish, softmax, log_softmax, fast_tanh, fast_sigmoid>();
}

} // namespace inlay
