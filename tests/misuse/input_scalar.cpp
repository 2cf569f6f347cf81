// expect: refused::layer<1>::wants_input<std::span<const float, 64> ?>::but_gets<std::array<double, 64> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
using input_t = std::array<double, 64>;
#else
using input_t = std::array<float, 64>;
#endif
#include "use/input.hpp"
