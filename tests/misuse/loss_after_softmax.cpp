// expect: refused::loss<inlay::cross_entropy>::after_layer<2>::wants_logits_of_the_identity_or_negative_log_likelihood::but_gets<inlay::softmax>
#include <inlay/inlay.hpp>

#ifdef REJECT
using activation = inlay::softmax;
#else
using activation = inlay::identity;
#endif
using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10, activation>>;
using target_t = std::size_t;
using loss_t = inlay::cross_entropy;
#include "use/backpropagate.hpp"
