// expect: refused::layer<1>::wants<inlay::refused::concat_or_add_or_multiply>::but_gets<inlay::branch<> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4>, inlay::parallel<inlay::branch<>, inlay::branch<inlay::dense<5>>>>;
#else
using net_t = inlay::network<inlay::input<4>, inlay::parallel<inlay::concat, inlay::branch<>, inlay::branch<inlay::dense<5>>>>;
#endif
#include "use/net.hpp"
