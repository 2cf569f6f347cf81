#pragma once
#include "shape.hpp"
#include <xsimd/xsimd.hpp> // planted
#include <immintrin.h> // planted
