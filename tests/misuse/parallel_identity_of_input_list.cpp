// expect: refused::layer<1>::branch<2>::contains<inlay::refused::list_of_layers::wants_layers_after<inlay::input_list<inlay::shape<8> ?> ?>::but_gets_none ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input_list<inlay::shape<8>>, inlay::parallel<inlay::add, inlay::branch<inlay::from<1>>, inlay::branch<>>>;
#else
using net_t = inlay::network<inlay::input_list<inlay::shape<8>>, inlay::parallel<inlay::add, inlay::branch<inlay::from<1>>, inlay::branch<inlay::from<1>>>>;
#endif
#include "use/net.hpp"
