// expect: refused::stream_of<.*gru<5.*>::wants_its_net_first::but_gets<.*gru<6
// bytes: 1900
#include <inlay/inlay.hpp>

template <int units>
using of_units = inlay::network<inlay::sequence<9, 4>, inlay::gru<units>, inlay::dense<2>>;
using net_t = of_units<5>;
#ifdef REJECT
using other_t = of_units<6>;
#else
using other_t = of_units<5>;
#endif
auto step(const other_t& net, inlay::stream<net_t>& stream, const net_t::step_input_type& x) { return stream(net, x); }
