// expect: refused::layer<2>::wants_to_write<std::span<float, 10> ?>::but_gets_unknown_length<std::vector<float> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;

void call(const net_t& net, const net_t::input_type& x, std::vector<float>& y) {
#ifdef REJECT
  net(x, y);
#else
  net(x, std::span<float, 10>(y));
#endif
}
