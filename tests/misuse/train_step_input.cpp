// expect: refused::layer<1>::wants_input<std::span<const float, 64> ?>::but_gets<std::array<float, 63> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
using input_t = std::array<float, 63>;
#else
using input_t = net_t::input_type;
#endif
float step(net_t& net, inlay::sgd<net_t>& optimizer, const input_t& x, const net_t::output_type& target) {
  return inlay::train_step(net, optimizer, inlay::huber{}, x, target);
}
