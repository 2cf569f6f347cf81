// expect: refused::layer<1>::branch<2>::contains<inlay::refused::layer<1>::wants<inlay::refused::heads_as_the_last_layer>::but_gets<inlay::refused::heads_within_a_branch> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4>, inlay::parallel<inlay::concat, inlay::branch<>, inlay::branch<inlay::heads<inlay::branch<>, inlay::branch<inlay::dense<1>>>>>>;
#else
using net_t = inlay::network<inlay::input<4>, inlay::parallel<inlay::concat, inlay::branch<>, inlay::branch<inlay::parallel<inlay::concat, inlay::branch<>, inlay::branch<inlay::dense<1>>>>>>;
#endif
#include "use/net.hpp"
