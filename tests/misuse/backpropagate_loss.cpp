// expect: refused::wants_a_loss::but_gets<inlay::relu>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using target_t = net_t::output_type;
#ifdef REJECT
using loss_t = inlay::relu;
#else
using loss_t = inlay::huber;
#endif
#include "use/backpropagate.hpp"
