// expect: refused::layer<1>::wants<inlay::refused::channels_by<inlay::refused::at_least<3>, inlay::refused::at_least<1> ?> ?>::but_gets<inlay::shape<1, 2, 4> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<1, 2, 4>, inlay::conv2d<8, 3, 3, inlay::relu, inlay::conv_options{.padding = {0, 1}}>>;
#else
using net_t = inlay::network<inlay::input<1, 2, 4>, inlay::conv2d<8, 3, 3, inlay::relu, inlay::conv_options{.padding = {1, 0}}>>;
#endif
#include "use/net.hpp"
