// expect: refused::layer<1>::wants<inlay::refused::an_activation>::but_gets<inlay::mean_squared_error>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::mean_squared_error>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#endif
#include "use/net.hpp"
