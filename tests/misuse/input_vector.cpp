// expect: refused::layer<1>::wants_input<std::span<const float, 64> ?>::but_gets_unknown_length<std::vector<float> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;

float first(const net_t& net, const std::vector<float>& x) {
#ifdef REJECT
  const auto y = net(x);
#else
  const auto y = net(std::span<const float, 64>(x));
#endif
  return y[0];
}
