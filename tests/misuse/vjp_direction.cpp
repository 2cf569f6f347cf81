// expect: refused::derivative::wants_output_direction<std::span<const float, 2> ?>::but_gets<std::array<float, 6> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<6>, inlay::dense<32, inlay::relu>, inlay::dense<2>>;
#ifdef REJECT
using direction_t = std::array<float, 6>;
#else
using direction_t = std::array<float, 2>;
#endif
auto slope(const net_t& net, const net_t::input_type& x, const direction_t& dy) { return inlay::vjp(net, x, dy); }
