#pragma once

#include "inlay/layer/activation.hpp"
#include "inlay/layer/conv1d.hpp"
#include "inlay/layer/conv2d.hpp"
#include "inlay/layer/dense.hpp"
#include "inlay/layer/expect.hpp"
#include "inlay/layer/prelu.hpp"
#include "inlay/layer/residual.hpp"
#include "inlay/layer/transpose.hpp"
