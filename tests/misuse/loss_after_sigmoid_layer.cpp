// expect: refused::loss<inlay::binary_cross_entropy>::after_layer<3>::wants_logits_of_the_identity_or_negative_log_likelihood::but_gets<inlay::sigmoid>
#include <inlay/inlay.hpp>

#ifdef REJECT
using activation = inlay::sigmoid;
#else
using activation = inlay::identity;
#endif
using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>, inlay::activation<activation>>;
using target_t = net_t::output_type;
using loss_t = inlay::binary_cross_entropy;
#include "use/backpropagate.hpp"
