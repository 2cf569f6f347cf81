// expect: refused::after_layer<1>::expects<inlay::shape<8, 60> ?>::but_gets<inlay::shape<8, 59> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using shape_t = inlay::shape<8, 60>;
#else
using shape_t = inlay::shape<8, 59>;
#endif
using net_t = inlay::network<inlay::input<1, 63>, inlay::conv1d<8, 5>, inlay::expect<shape_t>, inlay::dense<10>>;
#include "use/net.hpp"
