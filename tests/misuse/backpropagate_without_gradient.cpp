// expect: refused::backpropagate::wants_grad_after_loss<inlay::basic_network<float, inlay::input<64>, .*>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
float loss_of(const net_t& net, const std::vector<net_t::input_type>& xs, const std::vector<int>& targets, [[maybe_unused]] net_t& grad) {
#ifdef REJECT
  return inlay::backpropagate(net, xs, targets, inlay::cross_entropy{});
#else
  return inlay::backpropagate(net, xs, targets, inlay::cross_entropy{}, grad);
#endif
}
