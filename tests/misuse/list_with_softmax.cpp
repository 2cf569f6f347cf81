// expect: refused::layer<2>::wants<inlay::refused::a_layer_that_takes<inlay::shape<32> ?>::such_as<inlay::activation<inlay::softmax> ?> ?>::but_gets<inlay::softmax>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<64>, inlay::dense<32>, inlay::softmax>;
#else
using net_t = inlay::network<inlay::input<64>, inlay::dense<32>, inlay::activation<inlay::softmax>>;
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
