// expect: refused::layer<1>::wants_input<std::span<const float, 2> ?>::but_gets<std::array<float, 3> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<8, 2>, inlay::gru<4>, inlay::dense<1>>;
#ifdef REJECT
using input_t = std::array<float, 3>;
#else
using input_t = std::array<float, 2>;
#endif
auto slopes(const net_t& net, inlay::stream<net_t>& stream, const input_t& x) { return inlay::jacobian(net, stream, x); }
