// expect: refused::state_in_numbers::is_not_told_by<inlay::self_attention<2,
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::sequence<4, 6>, inlay::self_attention<2, inlay::attention_options{.is_causal = true, .window = 4}>, inlay::dense<2>>;
#else
using net_t = inlay::network<inlay::sequence<4, 6>, inlay::gru<6>, inlay::dense<2>>;
#endif
auto about(const net_t& net, inlay::stream<net_t>& stream, const net_t::step_input_type& x) { return inlay::linearize(net, stream, x); }
