// expect: refused::layer<2>::wants<inlay::refused::a_shape_of_numbers<12> ?>::but_gets<inlay::shape<10> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<5, 2>, inlay::dense<10>, inlay::reshape<3, 4>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<6, 2>, inlay::reshape<3, 4>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
