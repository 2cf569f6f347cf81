// expect: refused::loss<.*>::after_layer<2>::wants_target<.*>::but_gets<double>
#include <inlay/inlay.hpp>
#include <inlay/threads.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<6>, inlay::dense<8, inlay::tanh>, inlay::dense<2>>;
#ifdef REJECT
using targets_t = std::vector<double>;
#else
using targets_t = std::vector<net_t::output_type>;
#endif
void learn(net_t& net, inlay::adam<net_t>& optimizer, const std::vector<net_t::input_type>& xs, const targets_t& ys) {
  inlay::fit(inlay::threads(2), net, optimizer, inlay::mean_squared_error{}, xs, ys);
}
