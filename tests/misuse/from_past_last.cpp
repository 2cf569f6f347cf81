// expect: refused::layer<1>::branch<2>::contains<inlay::refused::layer<1>::wants<inlay::refused::from_of<1, 2> ?>::but_gets<inlay::from<3> ?> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input_list<inlay::shape<8>, inlay::shape<1, 9>>, inlay::parallel<inlay::concat, inlay::branch<inlay::from<1>>, inlay::branch<inlay::from<3>, inlay::dense<5>>>>;
#else
using net_t = inlay::network<inlay::input_list<inlay::shape<8>, inlay::shape<1, 9>>, inlay::parallel<inlay::concat, inlay::branch<inlay::from<1>>, inlay::branch<inlay::from<2>, inlay::dense<5>>>>;
#endif
#include "use/net.hpp"
