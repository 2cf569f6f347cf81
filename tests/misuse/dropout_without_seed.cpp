// expect: a net with dropout trains with a seed: backpropagate\(..., grad, {.seed = step}\)
// lines: 20
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<6>, inlay::dropout<>, inlay::dense<10>>;
float loss(const net_t& net, const net_t::input_type& x, const net_t::output_type& y, net_t& grad) {
#ifdef REJECT
  return inlay::backpropagate(net, x, y, inlay::mean_squared_error{}, grad);
#else
  return inlay::backpropagate(net, x, y, inlay::mean_squared_error{}, grad, {.seed = 1});
#endif
}
