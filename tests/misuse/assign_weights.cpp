// expect: refused::layer<2>::wants_weights<std::span<const float, 320> ?>::but_gets<std::array<float, 32> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
using weights_t = std::array<float, 32>;
#else
using weights_t = std::array<float, 320>;
#endif
void set(net_t& net, const weights_t& w, const std::array<float, 10>& b) { net.layer<2>().assign(w, b); }
