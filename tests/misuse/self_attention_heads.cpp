// expect: refused::layer<1>::wants<inlay::refused::heads_that_divide_the_features>::but_gets<inlay::shape<6> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::sequence<5, 6>, inlay::self_attention<4>, inlay::last_step, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::sequence<5, 6>, inlay::self_attention<3>, inlay::last_step, inlay::dense<10>>;
#endif
#include "use/net.hpp"
