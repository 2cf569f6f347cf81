// expect: refused::layer<1[ul]*>::wants_input<std::span<const float, 4[ul]*> ?>::but_gets<std::array<float, 36[ul]*> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<9, 4>, inlay::gru<5>, inlay::dense<2>>;
#ifdef REJECT
using x_type = net_t::input_type;
#else
using x_type = net_t::step_input_type;
#endif
auto step(const net_t& net, inlay::stream<net_t>& stream, const x_type& x) { return stream(net, x); }
