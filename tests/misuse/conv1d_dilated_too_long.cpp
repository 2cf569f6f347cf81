// expect: refused::layer<1>::wants<inlay::refused::channels_by<inlay::refused::at_least<9> ?> ?>::but_gets<inlay::shape<1, 5> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<1, 5>, inlay::conv1d<4, 3, inlay::relu, 1, 4>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<1, 5>, inlay::conv1d<4, 3, inlay::relu, 1, 2>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
