// expect: refused::derivative::wants_input_direction<std::span<const float, 6> ?>::but_gets<std::array<float, 2> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<6>, inlay::dense<32, inlay::relu>, inlay::dense<2>>;
#ifdef REJECT
using direction_t = std::array<float, 2>;
#else
using direction_t = std::array<float, 6>;
#endif
auto change(const net_t& net, const net_t::input_type& x, const direction_t& dx) { return inlay::jvp(net, x, dx); }
