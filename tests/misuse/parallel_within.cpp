// expect: refused::layer<1>::branch<2>::contains<inlay::refused::layer<1>::wants<inlay::refused::layers>::but_gets<inlay::residual<> ?> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4>, inlay::parallel<inlay::add, inlay::branch<>, inlay::branch<inlay::residual<>>>>;
#else
using net_t = inlay::network<inlay::input<4>, inlay::parallel<inlay::add, inlay::branch<>, inlay::branch<inlay::residual<inlay::dense<4>>>>>;
#endif
#include "use/net.hpp"
