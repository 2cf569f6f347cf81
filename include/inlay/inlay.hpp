#pragma once

#include "inlay/detail/refusal.hpp" // first, so that the compiler shows no detour to it

#include "inlay/activation/relu.hpp"
#include "inlay/activation/sigmoid.hpp"
#include "inlay/activation/softmax.hpp"
#include "inlay/activation/tanh.hpp"
#include "inlay/backpropagate.hpp"
#include "inlay/fit.hpp"
#include "inlay/initializer.hpp"
#include "inlay/layer/activation.hpp"
#include "inlay/layer/conv1d.hpp"
#include "inlay/layer/dense.hpp"
#include "inlay/layer/expect.hpp"
#include "inlay/layer/residual.hpp"
#include "inlay/loss/binary_cross_entropy.hpp"
#include "inlay/loss/cross_entropy.hpp"
#include "inlay/loss/regression.hpp"
#include "inlay/network.hpp"
#include "inlay/optimizer/adam.hpp"
#include "inlay/optimizer/rmsprop.hpp"
#include "inlay/optimizer/sgd.hpp"
