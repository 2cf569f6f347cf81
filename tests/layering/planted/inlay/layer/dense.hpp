#pragma once
#include <inlay/layer/affine.hpp>
#include <inlay/topology.hpp> // planted
static constexpr description described{};
