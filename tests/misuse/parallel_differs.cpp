// expect: refused::layer<2>::branch<1>::gives<inlay::shape<5> ?>::but_branch<3>::gives<inlay::shape<8> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<64>, inlay::dense<8>, inlay::parallel<inlay::add, inlay::branch<inlay::dense<5>>, inlay::branch<inlay::dense<5>>, inlay::branch<>>>;
#else
using net_t = inlay::network<inlay::input<64>, inlay::dense<8>, inlay::parallel<inlay::add, inlay::branch<inlay::dense<8>>, inlay::branch<inlay::dense<8>>, inlay::branch<>>>;
#endif
#include "use/net.hpp"
