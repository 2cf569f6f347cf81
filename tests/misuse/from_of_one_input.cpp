// expect: refused::layer<1>::wants<inlay::refused::an_input_list>::but_gets<inlay::shape<8> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<8>, inlay::from<1>, inlay::dense<5>>;
#else
using net_t = inlay::network<inlay::input_list<inlay::shape<8>>, inlay::from<1>, inlay::dense<5>>;
#endif
#include "use/net.hpp"
