// expect: refused::layer<1>::wants<inlay::refused::groups_that_divide_the_channels>::but_gets<inlay::shape<6, 8> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<6, 8>, inlay::group_norm<4>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<6, 8>, inlay::group_norm<3>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
