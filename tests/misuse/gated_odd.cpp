// expect: refused::layer<2>::wants<inlay::refused::an_even_number_of_features_or_channels>::but_gets<inlay::shape<7> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<8>, inlay::dense<7>, inlay::glu, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<8>, inlay::dense<6>, inlay::glu, inlay::dense<10>>;
#endif
#include "use/net.hpp"
