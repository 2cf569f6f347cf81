#pragma once
#include <inlay/network.hpp>
#include <inlay/layer/affine.hpp> // planted
