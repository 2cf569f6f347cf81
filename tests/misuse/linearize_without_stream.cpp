// expect: refused::wants_stream_of<.*>::but_gets<(const )?inlay::basic_network<
// bytes: 1900
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<9, 4>, inlay::gru<5>, inlay::dense<2>>;
#ifdef REJECT
using place_type = const net_t;
#else
using place_type = inlay::stream<net_t>;
#endif
auto about(const net_t& net, place_type& from, const net_t::step_input_type& x) { return inlay::linearize(net, from, x).value; }
