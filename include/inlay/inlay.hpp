#pragma once

#include "inlay/layer/activation.hpp"
#include "inlay/layer/dense.hpp"
#include "inlay/network.hpp"
