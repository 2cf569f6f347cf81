// expect: refused::list_of_layers::wants_input_first::but_gets<inlay::dense<32.*> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::dense<32>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<32>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
