// expect: refused::fit::wants_checkpoint::but_gets<char ?\[16\]>
#include <inlay/inlay.hpp>
#include <inlay/io/checkpoint.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<6>, inlay::dense<8, inlay::tanh>, inlay::dense<2>>;
void learn(net_t& net, inlay::adam<net_t>& optimizer, const std::vector<net_t::input_type>& xs, const std::vector<net_t::output_type>& ys) {
  const inlay::fit_options options{.epochs = 3};
#ifdef REJECT
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, ys, options, "run.safetensors");
#else
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, xs, ys, options, inlay::io::checkpoint{"run.safetensors"});
#endif
}
