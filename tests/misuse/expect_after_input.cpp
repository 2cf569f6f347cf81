// expect: refused::after_input::expects<inlay::shape<8> ?>::but_gets<inlay::shape<2, 4> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using shape_t = inlay::shape<8>;
#else
using shape_t = inlay::shape<2, 4>;
#endif
using net_t = inlay::network<inlay::input<2, 4>, inlay::expect<shape_t>, inlay::dense<10>>;
#include "use/net.hpp"
