// expect: refused::loss<inlay::cross_entropy>::after_layer<1>::wants_each_of<2>::but_gets<inlay::cross_entropy>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4>, inlay::heads<inlay::branch<inlay::dense<2>>, inlay::branch<inlay::dense<3>>>>;
using loss_t = inlay::cross_entropy;
using target_t = std::array<float, 5>;
#else
using net_t = inlay::network<inlay::input<4>, inlay::heads<inlay::branch<inlay::dense<2>>, inlay::branch<inlay::dense<3>>>>;
using loss_t = inlay::each<inlay::huber, inlay::cross_entropy>;
using target_t = std::array<float, 5>;
#endif
#include "use/backpropagate.hpp"
