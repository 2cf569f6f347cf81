// expect: refused::loss<inlay::each<inlay::huber, inlay::huber> ?>::after_layer<1>::wants_target<std::span<const float, 15> ?>::but_gets<std::array<float, 5> ?>
// lines: 15
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<3, 4>, inlay::heads<inlay::branch<inlay::dense<2>>, inlay::branch<inlay::dense<3>>>>;
using loss_t = inlay::each<inlay::huber, inlay::huber>;
#ifdef REJECT
using target_t = std::array<float, 5>;
#else
using target_t = std::array<float, 15>;
#endif
#include "use/backpropagate.hpp"
