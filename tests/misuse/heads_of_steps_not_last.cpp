// expect: refused::layer<1>::wants<inlay::refused::heads_as_the_last_layer>::but_gets<inlay::refused::followed_by<inlay::dense<3
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::sequence<2, 4>, inlay::heads<inlay::branch<>, inlay::branch<inlay::dense<1>>>, inlay::dense<3>>;
#else
using net_t = inlay::network<inlay::sequence<2, 4>, inlay::heads<inlay::branch<>, inlay::branch<inlay::dense<1>>>>;
#endif
#include "use/net.hpp"
