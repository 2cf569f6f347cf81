// expect: refused::layer<2>::contains<inlay::refused::layer<1>::wants<inlay::refused::channels_by<inlay::refused::at_least<5> ?> ?>::but_gets<inlay::shape<1, 3> ?> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<1, 3>, inlay::activation<inlay::relu>, inlay::residual<inlay::conv1d<1, 5>>>;
#else
using net_t = inlay::network<inlay::input<1, 3>, inlay::activation<inlay::relu>, inlay::residual<inlay::conv1d<1, 1>>>;
#endif
#include "use/net.hpp"
