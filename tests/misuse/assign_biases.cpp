// expect: refused::layer<2>::wants_biases<std::span<const float, 10> ?>::but_gets<std::array<float, 32> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
using biases_t = std::array<float, 32>;
#else
using biases_t = std::array<float, 10>;
#endif
void set(net_t& net, const std::array<float, 320>& w, const biases_t& b) { net.layer<2>().assign(w, b); }
