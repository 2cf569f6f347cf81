// expect: refused::loss<inlay::mean_squared_error>::after_layer<2>::wants_target<std::span<const float, 10> ?>::but_gets_unknown_length<std::vector<float> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using loss_t = inlay::mean_squared_error;
#ifdef REJECT
using target_t = std::vector<float>;
#else
using target_t = std::array<float, 10>;
#endif
#include "use/backpropagate.hpp"
