// expect: refused::wants_optimizer_of<inlay::basic_network<float, inlay::input<64>, .*> ?>::but_gets<inlay::adam<inlay::basic_network<.*> ?> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using other_t = inlay::network<inlay::input<64>, inlay::dense<10>>;
#ifdef REJECT
using optimized_t = other_t;
#else
using optimized_t = net_t;
#endif
void step(net_t& net, const net_t::input_type& x, const net_t::output_type& target) {
  inlay::adam<optimized_t> optimizer{};
  inlay::train_step(net, optimizer, inlay::huber{}, x, target);
}
