// expect: refused::layer<1>::wants<inlay::refused::an_elementwise_activation_and_this_as_a_layer_after_it>::but_gets<inlay::softmax>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<1, 8, 8>, inlay::conv2d<8, 5, 5, inlay::softmax>>;
#else
using net_t = inlay::network<inlay::input<1, 8, 8>, inlay::conv2d<8, 5, 5>, inlay::activation<inlay::softmax>>;
#endif
#include "use/net.hpp"
