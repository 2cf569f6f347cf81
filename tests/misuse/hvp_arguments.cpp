// expect: refused::derivative::wants_arguments_after_the_net<5u?l?>::but_gets<4u?l?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<6>, inlay::dense<8, inlay::tanh>, inlay::dense<2>>;
void bend(const net_t& net, const net_t::input_type& x, const net_t& v, [[maybe_unused]] net_t& Hv) {
#ifdef REJECT
  inlay::hvp(net, x, std::array<float, 2>{1, 0}, inlay::mean_squared_error{}, v);
#else
  inlay::hvp(net, x, std::array<float, 2>{1, 0}, inlay::mean_squared_error{}, v, Hv);
#endif
}
