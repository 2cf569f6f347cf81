// expect: refused::layer<2>::wants<inlay::refused::units<inlay::refused::at_least<1> ?> ?>::but_gets<inlay::dense<0.*> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<64>, inlay::dense<32>, inlay::dense<0>>;
#else
using net_t = inlay::network<inlay::input<64>, inlay::dense<32>, inlay::dense<1>>;
#endif
#include "use/net.hpp"
