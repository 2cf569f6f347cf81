#pragma once

#include "inlay/instruction_set.hpp"

/// The kernels for the registers that there are.
#if INLAY_HAS_SIMD
#include "inlay/kernel/simd/accumulate.hpp"
#include "inlay/kernel/simd/cell.hpp"
#include "inlay/kernel/simd/columns.hpp"
#include "inlay/kernel/simd/convolution.hpp"
#include "inlay/kernel/simd/denormals.hpp"
#include "inlay/kernel/simd/depthwise.hpp"
#include "inlay/kernel/simd/dots.hpp"
#include "inlay/kernel/simd/dots_gradient.hpp"
#include "inlay/kernel/simd/elementwise.hpp"
#include "inlay/kernel/simd/forward.hpp"
#include "inlay/kernel/simd/pool.hpp"
#include "inlay/kernel/simd/product.hpp"
#include "inlay/kernel/simd/taps.hpp"
#include "inlay/kernel/simd/transposed.hpp"
#include "inlay/kernel/simd/update.hpp"
#else
#include "inlay/kernel/simd/none.hpp"
#endif
#include "inlay/kernel/simd/by_number.hpp"
