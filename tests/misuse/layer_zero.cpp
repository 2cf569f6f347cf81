// expect: refused::layer<0>::is_none_of<1>::to<2>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
constexpr std::size_t l = 0;
#else
constexpr std::size_t l = 1;
#endif
float weight(const net_t& net) { return net.layer<l>().weight(0, 0); }
