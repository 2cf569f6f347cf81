// expect: refused::layer<1>::wants<inlay::refused::channels_by<inlay::refused::at_least<3> ?> ?>::but_gets<inlay::shape<1, 2> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<1, 2>, inlay::conv1d<4, 5, inlay::relu, inlay::conv_options{.padding = 1}>>;
#else
using net_t = inlay::network<inlay::input<1, 3>, inlay::conv1d<4, 5, inlay::relu, inlay::conv_options{.padding = 1}>>;
#endif
#include "use/net.hpp"
