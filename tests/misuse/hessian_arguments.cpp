// expect: refused::derivative::wants_arguments_after_the_net<2, 5>::but_gets<1>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<6>, inlay::dense<32, inlay::relu>, inlay::dense<2>>;
auto curvature(const net_t& net, const net_t::input_type& x) {
#ifdef REJECT
  return inlay::hessian(net, x);
#else
  return inlay::hessian(net, x, std::array<float, 2>{1, 0});
#endif
}
