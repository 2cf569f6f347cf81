// expect: refused::after_layer<2>::expects<inlay::shape<5> ?>::but_gets<inlay::shape<10> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using shape_t = inlay::shape<5>;
#else
using shape_t = inlay::shape<10>;
#endif
using net_t = inlay::network<inlay::input<8>, inlay::dense<4>, inlay::dense<10>, inlay::expect<shape_t>>;

net_t::output_type use(const net_t::input_type& x, const net_t::output_type& target) {
  net_t net{}, grad{};
  inlay::initialize(net, 1);
  inlay::backpropagate(net, x, target, inlay::mean_squared_error{}, grad);
  inlay::adam<net_t> optimizer{};
  optimizer.step(net, grad);
  inlay::set_parameters(net, inlay::get_parameters(net));
  return net(x);
}
