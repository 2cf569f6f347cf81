// expect: refused::wants_streams_of<.*>::but_gets<inlay::(x86_64[_a-z0-9]*::)?stream<
// bytes: 1900
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::sequence<9, 4>, inlay::gru<5>, inlay::dense<2>>;
#ifdef REJECT
using streams_type = inlay::stream<net_t>;
#else
using streams_type = std::vector<inlay::stream<net_t>>;
#endif
float gradient(const net_t& net, const std::vector<net_t::input_type>& xs, const std::vector<net_t::output_type>& targets, streams_type& streams, net_t& grad) {
  return inlay::backpropagate(net, xs, targets, inlay::mean_squared_error{}, grad, streams);
}
