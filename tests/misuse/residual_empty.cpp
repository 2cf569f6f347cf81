// expect: refused::layer<1>::wants<inlay::refused::layers>::but_gets<inlay::residual<> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<8>, inlay::residual<>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<8>, inlay::residual<inlay::dense<8>>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
