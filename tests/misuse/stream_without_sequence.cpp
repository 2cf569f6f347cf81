// expect: a stream wants a net of a sequence: network<sequence<Steps, ...>, ...>
// lines: 20
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4>, inlay::dense<1>>;
#else
using net_t = inlay::network<inlay::sequence<2, 4>, inlay::dense<1>>;
#endif
float step(const net_t& net, inlay::stream<net_t>& stream, const net_t::step_input_type& x) { return stream(net, x)[0]; }
