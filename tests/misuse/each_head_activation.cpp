// expect: refused::loss<inlay::cross_entropy>::after_head<2>::wants_another_activation::but_gets<inlay::softmax>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4>, inlay::heads<inlay::branch<inlay::dense<2>>, inlay::branch<inlay::dense<3, inlay::softmax>>>>;
using loss_t = inlay::each<inlay::huber, inlay::cross_entropy>;
using target_t = std::array<float, 3>;
#else
using net_t = inlay::network<inlay::input<4>, inlay::heads<inlay::branch<inlay::dense<2>>, inlay::branch<inlay::dense<3>>>>;
using loss_t = inlay::each<inlay::huber, inlay::cross_entropy>;
using target_t = std::array<float, 3>;
#endif
#include "use/backpropagate.hpp"
