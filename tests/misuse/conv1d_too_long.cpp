// expect: refused::layer<2>::wants<inlay::refused::channels_by<inlay::refused::at_least<5> ?> ?>::but_gets<inlay::shape<4, 3> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<1, 5>, inlay::conv1d<4, 3>, inlay::conv1d<8, 5>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<1, 7>, inlay::conv1d<4, 3>, inlay::conv1d<8, 5>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
