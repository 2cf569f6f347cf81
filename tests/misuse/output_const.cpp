// expect: refused::layer<2>::wants_to_write<std::span<float, 10> ?>::but_gets<const std::array<float, 10> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
using output_t = const std::array<float, 10>;
#else
using output_t = std::array<float, 10>;
#endif
void call(const net_t& net, const net_t::input_type& x, output_t& y) { net(x, y); }
