// expect: refused::train_step::wants_to_change<const inlay::basic_network<
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = const inlay::network<inlay::input<4>, inlay::dense<2>>;
#else
using net_t = inlay::network<inlay::input<4>, inlay::dense<2>>;
#endif
float step(net_t& net, inlay::adam<std::remove_const_t<net_t>>& optimizer, const net_t::input_type& x, const net_t::output_type& target) {
  return inlay::train_step(net, optimizer, inlay::mean_squared_error{}, x, target);
}
