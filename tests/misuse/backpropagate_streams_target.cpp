// expect: wants_targets<std::span<const float, 18[ul]*> ?>::but_gets_flat_numbers<std::vector<float
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::sequence<9, 4>, inlay::gru<5>, inlay::dense<2>>;
#ifdef REJECT
using targets_type = std::vector<float>;
#else
using targets_type = std::vector<net_t::output_type>;
#endif
float gradient(const net_t& net, const std::vector<net_t::input_type>& xs, const targets_type& targets, std::vector<inlay::stream<net_t>>& streams, net_t& grad) {
  return inlay::backpropagate(net, xs, targets, inlay::mean_squared_error{}, grad, streams);
}
