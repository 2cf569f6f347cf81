// expect: refused::layer<1>::wants_input<std::span<const float, 6> ?>::but_gets<std::array<float, 5> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<6>, inlay::dense<32, inlay::relu>, inlay::dense<2>>;
#ifdef REJECT
using input_t = std::array<float, 5>;
#else
using input_t = std::array<float, 6>;
#endif
auto slopes(const net_t& net, const input_t& x) { return inlay::jacobian(net, x); }
