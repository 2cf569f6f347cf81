// expect: refused::layer<1>::wants<inlay::refused::every_argument<inlay::refused::at_least<1> ?> ?>::but_gets<inlay::refused::stride<0, 0> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<1, 64>, inlay::conv1d<8, 5, inlay::relu, 0>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<1, 64>, inlay::conv1d<8, 5, inlay::relu, 1>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
