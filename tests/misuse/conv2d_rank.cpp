// expect: refused::layer<1>::wants<inlay::refused::channels_by<inlay::refused::any_length, inlay::refused::any_length> ?>::but_gets<inlay::shape<3, 64> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<3, 64>, inlay::conv2d<8, 5, 5>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<3, 8, 8>, inlay::conv2d<8, 5, 5>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
