// expect: refused::fit::wants_validation_targets_after<std::vector<std::array<float, 64> ?> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using xs_t = std::vector<net_t::input_type>;
void train(net_t& net, inlay::sgd<net_t>& optimizer, const xs_t& xs, const std::vector<int>& ys, const xs_t& vx) {
#ifdef REJECT
  inlay::fit(net, optimizer, inlay::cross_entropy{}, xs, ys, vx, {.epochs = 3});
#else
  inlay::fit(net, optimizer, inlay::cross_entropy{}, xs, ys, vx, ys, {.epochs = 3});
  const inlay::fit_options options{.epochs = 3};
  inlay::fit(net, optimizer, inlay::cross_entropy{}, xs, ys, options);
#endif
}
