// expect: refused::layer<1>::wants<inlay::refused::groups_that_divide_the_channels_of_both_sides>::but_gets<inlay::refused::groups_between<2, 3, 8> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<3, 8, 8>, inlay::conv2d<8, 3, 3, inlay::relu, inlay::conv_options{.groups = 2}>>;
#else
using net_t = inlay::network<inlay::input<4, 8, 8>, inlay::conv2d<8, 3, 3, inlay::relu, inlay::conv_options{.groups = 2}>>;
#endif
#include "use/net.hpp"
