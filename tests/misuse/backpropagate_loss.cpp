// expect: refused::wants_a_loss::but_gets<inlay::relu>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
using loss_t = inlay::relu;
#else
using loss_t = inlay::huber;
#endif
float loss_of(const net_t& net, const net_t::input_type& x, const net_t::output_type& target, net_t& grad) {
  return inlay::backpropagate(net, x, target, loss_t{}, grad);
}
