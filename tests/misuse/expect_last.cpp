// expect: refused::after_layer<2>::expects<inlay::shape<5> ?>::but_gets<inlay::shape<10> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using shape_t = inlay::shape<5>;
#else
using shape_t = inlay::shape<10>;
#endif
using net_t = inlay::network<inlay::input<8>, inlay::dense<4>, inlay::dense<10>, inlay::expect<shape_t>>;
#include "use/net.hpp"
