// expect: refused::layer<2>::wants<inlay::refused::layers_that_give<inlay::shape<8> ?> ?>::but_gets<inlay::refused::layers_that_give<inlay::shape<5> ?> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<64>, inlay::dense<8>, inlay::residual<inlay::dense<5>>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<64>, inlay::dense<8>, inlay::residual<inlay::dense<8>>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
