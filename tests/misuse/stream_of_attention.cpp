// expect: a stream wants layers that go step by step: mean_of_steps, flatten and what looks ahead want all steps
// lines: 20
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::sequence<9, 4>, inlay::self_attention<2>, inlay::dense<1>>;
#else
using net_t = inlay::network<inlay::sequence<9, 4>, inlay::self_attention<2, inlay::attention_options{.is_causal = true}>, inlay::dense<1>>;
#endif
float step(const net_t& net, inlay::stream<net_t>& stream, const net_t::step_input_type& x) { return stream(net, x)[0]; }
