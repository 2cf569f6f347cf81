// expect: refused::layer<1>::branch<1>::gives<inlay::shape<3, 7> ?>::but_branch<2>::gives<inlay::shape<4, 6> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<2, 9>, inlay::parallel<inlay::concat, inlay::branch<inlay::conv1d<3, 3>>, inlay::branch<inlay::conv1d<4, 4>>>>;
#else
using net_t = inlay::network<inlay::input<2, 9>, inlay::parallel<inlay::concat, inlay::branch<inlay::conv1d<3, 3>>, inlay::branch<inlay::conv1d<4, 3>>>>;
#endif
#include "use/net.hpp"
