// expect: refused::layer<1>::wants_input<std::span<const float, 64> ?>::but_gets_unknown_length<const float ?\*>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;

float first(const net_t& net, const float* x) {
#ifdef REJECT
  return net(x)[0];
#else
  return net(std::span<const float, 64>(x, 64))[0];
#endif
}
