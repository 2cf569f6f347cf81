// expect: refused::layer<2>::wants<inlay::refused::a_layer_that_takes<inlay::shape<32> ?>::such_as<inlay::activation<inlay::softmax> ?> ?>::but_gets<inlay::softmax>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<64>, inlay::dense<32>, inlay::softmax>;
#else
using net_t = inlay::network<inlay::input<64>, inlay::dense<32>, inlay::activation<inlay::softmax>>;
#endif
#include "use/net.hpp"
