// expect: refused::layer<1>::wants<inlay::refused::groups_that_divide_the_channels_of_both_sides>::but_gets<inlay::refused::groups_between<3, 4, 9> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4, 8>, inlay::conv1d<9, 3, inlay::relu, inlay::conv_options{.groups = 3}>>;
#else
using net_t = inlay::network<inlay::input<3, 8>, inlay::conv1d<9, 3, inlay::relu, inlay::conv_options{.groups = 3}>>;
#endif
#include "use/net.hpp"
