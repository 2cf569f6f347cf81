// expect: refused::wants_workspace_of<inlay::basic_network<float, inlay::input<64>, .*> ?>::but_gets_one_of<inlay::basic_network<double, .*> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<10>>;
#ifdef REJECT
using place_t = inlay::workspace<inlay::basic_network<double, inlay::input<64>, inlay::dense<10>>>;
#else
using place_t = inlay::workspace<net_t>;
#endif
float step(net_t& net, inlay::sgd<net_t>& optimizer, const std::vector<net_t::input_type>& xs,
           const std::vector<net_t::output_type>& targets, net_t& grad, place_t& place) {
  return inlay::train_step(net, optimizer, inlay::huber{}, xs, targets, grad, place);
}
