// expect: refused::layer<2>::branch<2>::contains<inlay::refused::layer<2>::branch<1>::contains<inlay::refused::layer<1>::wants<inlay::refused::units<inlay::refused::at_least<1> ?> ?>::but_gets<inlay::dense<0
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4>, inlay::dense<8>, inlay::parallel<inlay::concat, inlay::branch<>, inlay::branch<inlay::dense<5>, inlay::parallel<inlay::add, inlay::branch<inlay::dense<0>>, inlay::branch<>>>>>;
#else
using net_t = inlay::network<inlay::input<4>, inlay::dense<8>, inlay::parallel<inlay::concat, inlay::branch<>, inlay::branch<inlay::dense<5>, inlay::parallel<inlay::add, inlay::branch<inlay::dense<5>>, inlay::branch<>>>>>;
#endif
#include "use/net.hpp"
