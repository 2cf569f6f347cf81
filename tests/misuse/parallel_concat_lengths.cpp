// expect: refused::layer<1>::branch<1>::gives<inlay::shape<2, 9> ?>::but_branch<2>::gives<inlay::shape<9, 2> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<2, 9>, inlay::parallel<inlay::concat, inlay::branch<>, inlay::branch<inlay::transpose>>>;
#else
using net_t = inlay::network<inlay::input<2, 9>, inlay::parallel<inlay::concat, inlay::branch<>, inlay::branch<inlay::prelu<>>>>;
#endif
#include "use/net.hpp"
