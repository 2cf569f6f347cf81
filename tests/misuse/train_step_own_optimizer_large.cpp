// expect: refused::train_step_without_descend::wants_grad_after_target<inlay::basic_network<float, inlay::input<64>, .*>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<1024, inlay::relu>, inlay::dense<10>>;
struct plain {
  void step(net_t& net, const net_t& grad) noexcept { net.theta()[0] -= grad.theta()[0]; }
};
float train(net_t& net, plain& optimizer, const net_t::input_type& x, const net_t::output_type& target,
            [[maybe_unused]] net_t& grad) {
#ifdef REJECT
  return inlay::train_step(net, optimizer, inlay::huber{}, x, target);
#else
  return inlay::train_step(net, optimizer, inlay::huber{}, x, target, grad);
#endif
}
