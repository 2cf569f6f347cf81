// expect: refused::list_of_layers::wants_extents_from<1>::but_gets<inlay::input<0> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<0>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<1>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
