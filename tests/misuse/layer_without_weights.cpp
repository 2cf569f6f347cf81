// expect: refused::layer<2>::has_no_weights<inlay::activation<inlay::softmax>.*>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<3>, inlay::dense<2>, inlay::activation<inlay::softmax>>;
#ifdef REJECT
constexpr std::size_t l = 2;
#else
constexpr std::size_t l = 1;
#endif
float weight(const net_t& net) { return net.layer<l>().weight(0, 0); }
