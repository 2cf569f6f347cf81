// expect: refused::derivative::wants_stack_budget<[0-9]+u?l*>::but_has<[0-9]+u?l*>
#include <inlay/inlay.hpp>

#ifdef REJECT
constexpr int units = 200;
#else
constexpr int units = 20;
#endif
using net_t = inlay::network<inlay::sequence<4, 6>, inlay::gru<units>, inlay::dense<2>>;
auto about(const net_t& net, inlay::stream<net_t>& stream, const net_t::step_input_type& x) { return inlay::linearize(net, stream, x).value; }
