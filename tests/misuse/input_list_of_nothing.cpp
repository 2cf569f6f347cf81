// expect: refused::list_of_layers::wants_shapes_with_extents_from<1>::but_gets<inlay::input_list<inlay::shape<8>, inlay::shape<0> ?> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input_list<inlay::shape<8>, inlay::shape<0>>, inlay::from<1>, inlay::dense<5>>;
#else
using net_t = inlay::network<inlay::input_list<inlay::shape<8>, inlay::shape<1>>, inlay::from<1>, inlay::dense<5>>;
#endif
#include "use/net.hpp"
