// expect: refused::derivative::wants_net_of_direction_and_net_of_result<.*>::but_gets<std::array<float, 2> ?, .*>
// bytes: 1700
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<6>, inlay::dense<8, inlay::tanh>, inlay::dense<2>>;
#ifdef REJECT
using direction_t = std::array<float, 2>;
#else
using direction_t = net_t;
#endif
void bend(const net_t& net, const net_t::input_type& x, const direction_t& v, net_t& Hv) {
  inlay::hvp(net, x, std::array<float, 2>{1, 0}, inlay::mean_squared_error{}, v, Hv);
}
