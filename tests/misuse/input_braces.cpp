// expect: refused::layer<1>::wants_input<std::span<const float, 2> ?>::but_gets<float ?\[3\]>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<2>, inlay::dense<3>>;

float first(const net_t& net) {
#ifdef REJECT
  return net({1, 0.5, 2})[0];
#else
  return net({1, 0.5})[0];
#endif
}
