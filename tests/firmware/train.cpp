#include "net.hpp"

inlay::adam<net_t> optimizer{{.learning_rate = 1e-3f}};

float train(net_t& net, const net_t::input_type& x, const net_t::output_type& target) {
  return inlay::train_step(net, optimizer, inlay::mean_squared_error{}, x, target);
}
