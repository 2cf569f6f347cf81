// expect: refused::fit::wants_options_before_a_checkpoint
// bytes: 1600
#include <inlay/inlay.hpp>
#include <inlay/io/checkpoint.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<6>, inlay::dense<8, inlay::tanh>, inlay::dense<2>>;
void learn(net_t& net, inlay::adam<net_t>& optimizer, const std::vector<net_t::input_type>& xs, const std::vector<net_t::output_type>& ys) {
  const inlay::io::checkpoint checkpoint{"run.safetensors"};
#ifdef REJECT
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, ys, checkpoint);
#else
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, ys, {}, checkpoint);
#endif
}
