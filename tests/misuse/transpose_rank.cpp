// expect: refused::layer<2>::wants<inlay::refused::two_dimensions>::but_gets<inlay::shape<10> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<5, 2>, inlay::dense<10>, inlay::transpose, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<5, 2>, inlay::transpose, inlay::dense<10>>;
#endif
net_t::output_type use(const net_t::input_type& x, const net_t::output_type& target) {
  net_t net{}, grad{};
  inlay::initialize(net, 1);
  inlay::backpropagate(net, x, target, inlay::mean_squared_error{}, grad);
  inlay::adam<net_t> optimizer{};
  optimizer.step(net, grad);
  inlay::set_parameters(net, inlay::get_parameters(net));
  return net(x);
}
