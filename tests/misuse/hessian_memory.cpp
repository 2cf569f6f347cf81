// expect: refused::derivative::wants_to_write<std::span<float, 36> ?>::but_gets<std::array<float, 12> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<6>, inlay::dense<32, inlay::relu>, inlay::dense<2>>;
#ifdef REJECT
using hessian_t = std::array<float, 12>;
#else
using hessian_t = std::array<float, 36>;
#endif
void curvature(const net_t& net, const net_t::input_type& x, net_t::output_type& u, net_t::output_type& y, net_t::input_type& g, hessian_t& H) {
  inlay::hessian(net, x, u, y, g, H);
}
