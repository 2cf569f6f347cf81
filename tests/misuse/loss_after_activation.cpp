// expect: refused::loss<inlay::negative_log_likelihood>::after_layer<2>::wants_another_activation::but_gets<inlay::relu>
#include <inlay/inlay.hpp>

using target_t = std::size_t;
#ifdef REJECT
using activation = inlay::relu;
#else
using activation = inlay::softmax;
#endif
using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10, activation>>;
using loss_t = inlay::negative_log_likelihood;
#include "use/backpropagate.hpp"
