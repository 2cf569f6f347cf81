// expect: refused::wants_gradient<inlay::basic_network<float, inlay::input<64>, inlay::dense<32.*>, inlay::dense<10.*> ?> ?>::but_gets<inlay::basic_network<float, inlay::input<64>, inlay::dense<10.*> ?> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using other_t = inlay::network<inlay::input<64>, inlay::dense<10>>;
#ifdef REJECT
using grad_t = other_t;
#else
using grad_t = net_t;
#endif
float loss_of(const net_t& net, const net_t::input_type& x, const net_t::output_type& target, grad_t& grad) {
  return inlay::backpropagate(net, x, target, inlay::huber{}, grad);
}
