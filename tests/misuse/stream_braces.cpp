// expect: refused::layer<1[ul]*>::wants_input<std::span<const float, 2[ul]*> ?>::but_gets<float ?\[3[ul]*\]>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<9, 2>, inlay::gru<5>, inlay::dense<2>>;
auto step(const net_t& net, inlay::stream<net_t>& stream) {
#ifdef REJECT
  return stream(net, {1, 2, 3});
#else
  return stream(net, {1, 2});
#endif
}
