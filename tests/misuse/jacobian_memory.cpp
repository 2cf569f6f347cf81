// expect: refused::derivative::wants_to_write<std::span<float, 12> ?>::but_gets<std::array<float, 6> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<6>, inlay::dense<32, inlay::relu>, inlay::dense<2>>;
#ifdef REJECT
using slopes_t = std::array<float, 6>;
#else
using slopes_t = std::array<float, 12>;
#endif
void slopes(const net_t& net, const net_t::input_type& x, net_t::output_type& y, slopes_t& J) { inlay::jacobian(net, x, y, J); }
