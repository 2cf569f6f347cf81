// expect: refused::input<2>::wants<std::span<const float, 9> ?>::but_gets<std::array<float, 8> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input_list<inlay::shape<8>, inlay::shape<1, 9>>, inlay::from<2>, inlay::dense<2>>;
#ifdef REJECT
using second_t = std::array<float, 8>;
#else
using second_t = std::array<float, 9>;
#endif
float use(const net_t& net, const std::array<float, 8>& first, const second_t& second) { return net(first, second)[0]; }
