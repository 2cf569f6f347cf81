// expect: refused::derivative::wants_stack_budget<[0-9]+u?l?>::but_has<229376>
#include <inlay/inlay.hpp>

#ifdef REJECT
constexpr std::size_t width = 256;
#else
constexpr std::size_t width = 64;
#endif
using net_t = inlay::network<inlay::input<6>, inlay::dense<width, inlay::tanh>, inlay::dense<width, inlay::tanh>, inlay::dense<2>>;
void bend(const net_t& net, const net_t::input_type& x, const net_t& v, net_t& Hv) {
  inlay::hvp(net, x, std::array<float, 2>{1, 0}, inlay::mean_squared_error{}, v, Hv);
}
