// expect: refused::loss<inlay::each<inlay::mean_squared_error> ?>::after_layer<1>::wants_losses<2>::but_gets<1>
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4>, inlay::heads<inlay::branch<inlay::dense<2>>, inlay::branch<inlay::dense<3>>>>;
using loss_t = inlay::each<inlay::mean_squared_error>;
using target_t = std::array<float, 5>;
#else
using net_t = inlay::network<inlay::input<4>, inlay::heads<inlay::branch<inlay::dense<2>>, inlay::branch<inlay::dense<3>>>>;
using loss_t = inlay::each<inlay::mean_squared_error, inlay::huber>;
using target_t = std::array<float, 5>;
#endif
#include "use/backpropagate.hpp"
