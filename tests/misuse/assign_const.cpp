// expect: refused::layer<2>::is_const<inlay::dense<10.*>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
using mine = const net_t;
#else
using mine = net_t;
#endif
void set(mine& net, const std::array<float, 320>& w, const std::array<float, 10>& b) { net.layer<2>().assign(w, b); }
