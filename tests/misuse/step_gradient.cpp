// expect: refused::wants_gradient<inlay::basic_network<float, inlay::input<64>, inlay::dense<32.*> ?> ?>::but_gets<inlay::basic_network<float, inlay::input<64>, inlay::dense<10.*> ?> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using other_t = inlay::network<inlay::input<64>, inlay::dense<10>>;
#ifdef REJECT
using grad_t = other_t;
#else
using grad_t = net_t;
#endif
void step(inlay::adam<net_t>& optimizer, net_t& net, const grad_t& grad) { optimizer.step(net, grad); }
