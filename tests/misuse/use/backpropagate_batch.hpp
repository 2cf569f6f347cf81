// The gradient of cross_entropy on a batch, inputs input_t and targets target_t.
#include <vector>

float loss_of(const net_t& net, const std::vector<input_t>& xs, const std::vector<target_t>& targets, net_t& grad) {
  return inlay::backpropagate(net, xs, targets, inlay::cross_entropy{}, grad);
}
