// expect: refused::layer<1>::wants<inlay::refused::every_argument<inlay::refused::at_least<1> ?> ?>::but_gets<inlay::refused::dilation<0, 1> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4, 8, 8>, inlay::conv2d<8, 3, 3, inlay::relu, inlay::conv_options{.dilation = {0, 1}}>>;
#else
using net_t = inlay::network<inlay::input<4, 8, 8>, inlay::conv2d<8, 3, 3, inlay::relu, inlay::conv_options{.dilation = {2, 1}}>>;
#endif
#include "use/net.hpp"
