// expect: refused::layer<2>::wants<inlay::refused::a_layer_that_takes<inlay::shape<32> ?> ?>::but_gets<inlay::input<32> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<64>, inlay::dense<32>, inlay::input<32>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<64>, inlay::dense<32>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
