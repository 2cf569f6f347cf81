// Training on input_t and target_t with the optimizer of optimized_t.
#include <vector>

void train(net_t& net, const std::vector<input_t>& xs, const std::vector<target_t>& targets) {
  inlay::adam<optimized_t> optimizer{};
  inlay::fit(net, optimizer, inlay::huber{}, xs, targets, {.epochs = 3});
}
