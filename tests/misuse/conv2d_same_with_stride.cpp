// expect: refused::layer<1>::wants<inlay::refused::a_stride_of_1_for_padding_same>::but_gets<inlay::refused::stride<1, 2> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4, 8, 8>, inlay::conv2d<8, 3, 3, inlay::relu, inlay::conv_options{.stride = {1, 2}, .padding = inlay::same}>>;
#else
using net_t = inlay::network<inlay::input<4, 8, 8>, inlay::conv2d<8, 3, 3, inlay::relu, inlay::conv_options{.padding = inlay::same}>>;
#endif
#include "use/net.hpp"
