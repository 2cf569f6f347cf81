// expect: refused::layer<1>::wants<inlay::refused::a_padding_of_at_most_half_the_kernel>::but_gets<inlay::max_pool2d<2
// bytes: 1600
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<3, 8, 8>, inlay::max_pool2d<2, 2, inlay::pool_options{.padding = 2}>>;
#else
using net_t = inlay::network<inlay::input<3, 8, 8>, inlay::max_pool2d<2, 2, inlay::pool_options{.padding = 1}>>;
#endif
#include "use/net.hpp"
