// expect: refused::derivative::wants_stack_budget<[0-9]+u?l*>::but_has<[0-9]+u?l*>
#include <inlay/inlay.hpp>

#ifdef REJECT
constexpr std::size_t window = 2000;
#else
constexpr std::size_t window = 20;
#endif
using net_t = inlay::network<inlay::sequence<4, 32>, inlay::self_attention<2, inlay::attention_options{.is_causal = true, .window = window}>>;
auto by_input(const net_t& net, inlay::stream<net_t>& stream, const net_t::step_input_type& x) { return inlay::jacobian(net, stream, x).value; }
