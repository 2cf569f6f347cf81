// expect: refused::loss<inlay::each<inlay::huber, inlay::cross_entropy> ?>::after_layer<1>::wants_target<inlay::refused::numbers_or_shorter_with_indices_of_classes<std::span<const float, 5>, std::span<const float, 3> ?> ?>::but_gets<std::array<float, 4> ?>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4>, inlay::heads<inlay::branch<inlay::dense<2>>, inlay::branch<inlay::dense<3>>>>;
using loss_t = inlay::each<inlay::huber, inlay::cross_entropy>;
using target_t = std::array<float, 4>;
#else
using net_t = inlay::network<inlay::input<4>, inlay::heads<inlay::branch<inlay::dense<2>>, inlay::branch<inlay::dense<3>>>>;
using loss_t = inlay::each<inlay::huber, inlay::cross_entropy>;
using target_t = std::array<float, 3>;
#endif
#include "use/backpropagate.hpp"
