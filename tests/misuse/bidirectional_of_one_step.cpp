// expect: refused::layer<1>::wants<inlay::refused::layers_that_give<inlay::over_time<3, inlay::shape<8> ?> ?> ?>::but_gets<inlay::refused::layers_that_give<inlay::shape<8> ?> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::sequence<3, 4>, inlay::bidirectional<inlay::lstm<8>, inlay::last_step>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::sequence<3, 4>, inlay::bidirectional<inlay::lstm<8>>, inlay::last_step, inlay::dense<10>>;
#endif
#include "use/net.hpp"
