// expect: refused::loss<inlay::masked<inlay::mean_squared_error> ?>::after_layer<2>::wants_target<inlay::masked_target<
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<6, 2>, inlay::gru<8>, inlay::dense<3>>;
using loss_t = inlay::masked<inlay::mean_squared_error>;
#ifdef REJECT
using target_t = net_t::output_type;
#else
using target_t = inlay::masked_target<net_t>;
#endif
#include "use/backpropagate.hpp"
