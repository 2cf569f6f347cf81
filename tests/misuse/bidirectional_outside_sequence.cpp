// expect: refused::layer<1>::wants<inlay::refused::a_sequence>::but_gets<inlay::shape<4> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4>, inlay::bidirectional<inlay::lstm<8>>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::sequence<3, 4>, inlay::bidirectional<inlay::lstm<8>>, inlay::last_step, inlay::dense<10>>;
#endif
#include "use/net.hpp"
