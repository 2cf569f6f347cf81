#pragma once
#include <xsimd/xsimd.hpp>
#include <inlay/layer.hpp> // planted

namespace inlay::kernel::simd {} // planted
