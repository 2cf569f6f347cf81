// expect: refused::layer<2>::wants<inlay::refused::layers_that_give<inlay::shape<8> ?> ?>::but_gets<inlay::refused::layers_that_give<inlay::shape<5> ?> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<64>, inlay::dense<8>, inlay::residual<inlay::dense<5>>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<64>, inlay::dense<8>, inlay::residual<inlay::dense<8>>, inlay::dense<10>>;
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
