// expect: refused::train_step_with_options::wants_grad_after_target<inlay::basic_network<float, inlay::input<64>, .*>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<1024, inlay::relu>, inlay::dense<10>>;
extern net_t net, grad;
float train(inlay::adam<net_t>& optimizer, const std::array<float, 64>& x, int target) {
#ifdef REJECT
  return inlay::train_step(net, optimizer, inlay::cross_entropy{}, x, target, {.clip_gradient_norm = 1});
#else
  return inlay::train_step(net, optimizer, inlay::cross_entropy{}, x, target, grad, {.clip_gradient_norm = 1}) +
         inlay::train_step(net, optimizer, inlay::cross_entropy{}, x, target);
#endif
}
