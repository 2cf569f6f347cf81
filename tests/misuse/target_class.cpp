// expect: refused::loss<inlay::mean_squared_error>::after_layer<2>::wants_target<std::span<const float, 10> ?>::but_gets<(long )?unsigned (int|long)>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using loss_t = inlay::mean_squared_error;
#ifdef REJECT
using target_t = std::size_t;
#else
using target_t = net_t::output_type;
#endif
#include "use/backpropagate.hpp"
