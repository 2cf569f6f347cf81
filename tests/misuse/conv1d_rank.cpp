// expect: refused::layer<1>::wants<inlay::refused::channels_by<inlay::refused::any_length> ?>::but_gets<inlay::shape<64> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<64>, inlay::conv1d<8, 5>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<1, 64>, inlay::conv1d<8, 5>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
