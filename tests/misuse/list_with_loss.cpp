// expect: refused::layer<2>::wants<inlay::refused::a_layer_that_takes<inlay::shape<32> ?> ?>::but_gets<inlay::cross_entropy>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using last_t = inlay::cross_entropy;
#else
using last_t = inlay::dense<10>;
#endif
using net_t = inlay::network<inlay::input<64>, inlay::dense<32>, last_t>;
static_assert(net_t::depth == 2);
