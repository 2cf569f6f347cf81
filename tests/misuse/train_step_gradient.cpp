// expect: refused::wants_gradient<inlay::basic_network<float, inlay::input<64>, .*> ?>::but_gets<inlay::basic_network<double, .*> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<10>>;
#ifdef REJECT
using grad_t = inlay::basic_network<double, inlay::input<64>, inlay::dense<10>>;
#else
using grad_t = net_t;
#endif
float step(net_t& net, inlay::sgd<net_t>& optimizer, const std::vector<net_t::input_type>& xs,
           const std::vector<net_t::output_type>& targets, grad_t& grad) {
  return inlay::train_step(net, optimizer, inlay::huber{}, xs, targets, grad);
}
