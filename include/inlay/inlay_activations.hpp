#pragma once
#include "inlay/activation/relu.hpp"
#include "inlay/activation/sigmoid.hpp"
#include "inlay/activation/tanh.hpp"
