// expect: refused::layer<1>::wants<inlay::refused::a_stride_of_1_over_steps>::but_gets<inlay::convolution1d<
// bytes: 1600
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::sequence<9, 4>, inlay::conv1d<8, 3, inlay::relu, 2>>;
#else
using net_t = inlay::network<inlay::sequence<9, 4>, inlay::conv1d<8, 3, inlay::relu, 1>>;
#endif
#include "use/net.hpp"
