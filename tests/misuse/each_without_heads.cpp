// expect: refused::loss<inlay::each<inlay::mean_squared_error> ?>::after_layer<1>::wants_heads_as_the_last_layer::but_gets<
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<4>, inlay::dense<5>>;
using loss_t = inlay::each<inlay::mean_squared_error>;
using target_t = std::array<float, 5>;
#else
using net_t = inlay::network<inlay::input<4>, inlay::heads<inlay::branch<inlay::dense<5>>>>;
using loss_t = inlay::each<inlay::mean_squared_error>;
using target_t = std::array<float, 5>;
#endif
#include "use/backpropagate.hpp"
