// expect: refused::train_step_of_a_batch::wants_grad_after_targets<inlay::basic_network<float, inlay::input<64>, .*>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
float train(net_t& net, inlay::adam<net_t>& optimizer, const std::vector<net_t::input_type>& xs,
            const std::vector<net_t::output_type>& targets, [[maybe_unused]] net_t& grad) {
#ifdef REJECT
  return inlay::train_step(net, optimizer, inlay::huber{}, xs, targets);
#else
  return inlay::train_step(net, optimizer, inlay::huber{}, xs, targets, grad);
#endif
}
