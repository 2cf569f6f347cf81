// expect: refused::layer<1>::wants<inlay::refused::features_or_channels<inlay::refused::at_least<9> ?> ?>::but_gets<inlay::shape<8> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<8>, inlay::narrow<4, 5>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<8>, inlay::narrow<4, 4>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
