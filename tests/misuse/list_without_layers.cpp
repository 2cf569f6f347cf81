// expect: refused::list_of_layers::wants_layers_after<inlay::input<64> ?>::but_gets_none
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<64>>;
#else
using net_t = inlay::network<inlay::input<64>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
