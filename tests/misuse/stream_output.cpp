// expect: refused::layer<2[ul]*>::wants_to_write<std::span<float, 2[ul]*> ?>::but_gets<const std::array<float, 2[ul]*> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<9, 4>, inlay::gru<5>, inlay::dense<2>>;
#ifdef REJECT
using y_type = const net_t::step_output_type;
#else
using y_type = net_t::step_output_type;
#endif
void step(const net_t& net, inlay::stream<net_t>& stream, const net_t::step_input_type& x, y_type& y) { stream(net, x, y); }
