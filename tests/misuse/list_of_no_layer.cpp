// expect: refused::layer<2>::wants<inlay::refused::a_layer_that_takes<inlay::shape<32> ?>::such_as<inlay::activation<inlay::relu> ?> ?>::but_gets<inlay::relu>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<64>, inlay::dense<32>, inlay::relu>;
#else
using net_t = inlay::network<inlay::input<64>, inlay::dense<32>, inlay::activation<inlay::relu>>;
#endif
#include "use/net.hpp"
