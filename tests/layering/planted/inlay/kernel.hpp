#pragma once
#include <inlay/kernel/simd/dot.hpp>
