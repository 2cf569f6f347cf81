// expect: refused::layer<2>::wants_to_write<std::span<float, 10> ?>::but_gets<inlay::refused::temporary<std::array<float, 10> ?> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;

void call(const net_t& net, const net_t::input_type& x) {
#ifdef REJECT
  net(x, net_t::output_type{});
#else
  net_t::output_type y;
  net(x, y);
#endif
}
