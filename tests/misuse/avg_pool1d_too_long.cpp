// expect: refused::layer<1>::wants<inlay::refused::channels_by<inlay::refused::at_least<9> ?> ?>::but_gets<inlay::shape<3, 8> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<3, 8>, inlay::avg_pool1d<9>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<3, 8>, inlay::avg_pool1d<8>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
