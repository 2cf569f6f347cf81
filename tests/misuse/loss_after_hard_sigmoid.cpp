// expect: refused::loss<inlay::binary_cross_entropy>::after_layer<2>::wants_logits_of_the_identity::but_gets<inlay::hard_sigmoid>
#include <inlay/inlay.hpp>

#ifdef REJECT
using activation = inlay::hard_sigmoid;
#else
using activation = inlay::identity;
#endif
using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10, activation>>;
using target_t = net_t::output_type;
using loss_t = inlay::binary_cross_entropy;
#include "use/backpropagate.hpp"
