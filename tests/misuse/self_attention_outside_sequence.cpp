// expect: refused::layer<1>::wants<inlay::refused::a_sequence>::but_gets<inlay::shape<8> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<8>, inlay::self_attention<2>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::sequence<3, 8>, inlay::self_attention<2>, inlay::last_step, inlay::dense<10>>;
#endif
#include "use/net.hpp"
