// expect: refused::after_input::expects<inlay::shape<8> ?>::but_gets<inlay::shape<2, 4> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using shape_t = inlay::shape<8>;
#else
using shape_t = inlay::shape<2, 4>;
#endif
using net_t = inlay::network<inlay::input<2, 4>, inlay::expect<shape_t>, inlay::dense<10>>;

net_t::output_type use(const net_t::input_type& x, const net_t::output_type& target) {
  net_t net{}, grad{};
  inlay::initialize(net, 1);
  inlay::backpropagate(net, x, target, inlay::mean_squared_error{}, grad);
  inlay::adam<net_t> optimizer{};
  optimizer.step(net, grad);
  inlay::set_parameters(net, inlay::get_parameters(net));
  return net(x);
}
