// expect: refused::layer<2>::wants_to_write<std::span<float, 2> ?>::but_gets<std::array<float, 3> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input_list<inlay::shape<8>, inlay::shape<1, 9>>, inlay::from<2>, inlay::dense<2>>;
#ifdef REJECT
using output_t = std::array<float, 3>;
#else
using output_t = std::array<float, 2>;
#endif
void use(const net_t& net, const std::array<float, 8>& first, const std::array<float, 9>& second, output_t& y) { net(first, second, y); }
