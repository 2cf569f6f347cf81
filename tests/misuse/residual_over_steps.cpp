// expect: refused::layer<1>::wants<inlay::refused::layers_that_give<inlay::over_time<9, inlay::shape<4> ?> ?> ?>::but_gets<inlay::refused::layers_that_give<inlay::over_time<9, inlay::shape<5>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::sequence<9, 4>, inlay::residual<inlay::gru<5>>, inlay::last_step, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::sequence<9, 4>, inlay::residual<inlay::gru<4>>, inlay::last_step, inlay::dense<10>>;
#endif
#include "use/net.hpp"
