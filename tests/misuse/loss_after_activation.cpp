// expect: refused::loss<inlay::negative_log_likelihood>::after_layer<2>::wants_another_activation::but_gets<inlay::relu>
#include <inlay/inlay.hpp>

using target_t = std::size_t;
#ifdef REJECT
using activation = inlay::relu;
#else
using activation = inlay::softmax;
#endif
using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10, activation>>;
float loss_of(const net_t& net, const net_t::input_type& x, const target_t& target, net_t& grad) {
  return inlay::backpropagate(net, x, target, inlay::negative_log_likelihood{}, grad);
}
