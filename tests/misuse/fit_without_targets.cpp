// expect: refused::fit::wants_samples_and_targets_or_a_reader::but_gets<std::vector<std::array<float, 6> ?> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<6>, inlay::dense<8, inlay::tanh>, inlay::dense<2>>;
void learn(net_t& net, inlay::adam<net_t>& optimizer, const std::vector<net_t::input_type>& xs, [[maybe_unused]] const std::vector<net_t::output_type>& ys) {
#ifdef REJECT
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, {.epochs = 3});
#else
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, ys, {.epochs = 3});
#endif
}
