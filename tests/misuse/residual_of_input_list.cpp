// expect: refused::layer<1>::wants<inlay::refused::one_input_by_from>::but_gets<inlay::input_list<inlay::shape<8> ?> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input_list<inlay::shape<8>>, inlay::residual<inlay::from<1>, inlay::dense<8>>>;
#else
using net_t = inlay::network<inlay::input_list<inlay::shape<8>>, inlay::from<1>, inlay::residual<inlay::dense<8>>>;
#endif
#include "use/net.hpp"
