// expect: refused::optimizer_wants_net<inlay::basic_network<float, inlay::input<64>, inlay::dense<10.*> ?> ?>::but_gets<inlay::basic_network<float, inlay::input<64>, inlay::dense<32.*>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using other_t = inlay::network<inlay::input<64>, inlay::dense<10>>;
#ifdef REJECT
using optimizer_t = inlay::adam<other_t>;
#else
using optimizer_t = inlay::adam<net_t>;
#endif
void step(optimizer_t& optimizer, net_t& net, const net_t& grad) { optimizer.step(net, grad); }
