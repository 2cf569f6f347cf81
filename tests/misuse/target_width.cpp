// expect: refused::loss<inlay::mean_squared_error>::after_layer<2>::wants_target<std::span<const float, 10> ?>::but_gets<std::array<float, 3> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using loss_t = inlay::mean_squared_error;
#ifdef REJECT
using target_t = std::array<float, 3>;
#else
using target_t = std::array<float, 10>;
#endif
#include "use/backpropagate.hpp"
