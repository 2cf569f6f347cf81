// expect: refused::wants_workspace_of<.*>::but_gets_streams<std::vector<inlay::
// bytes: 1900
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::sequence<9, 4>, inlay::gru<5>, inlay::dense<2>>;
#ifdef REJECT
using place_type = std::vector<inlay::stream<net_t>>;
#else
using place_type = inlay::workspace<net_t>;
#endif
float step(net_t& net, inlay::adam<net_t>& optimizer, const std::vector<net_t::input_type>& xs, const std::vector<net_t::output_type>& targets,
           net_t& grad, place_type& place) {
  return inlay::train_step(net, optimizer, inlay::mean_squared_error{}, xs, targets, grad, place);
}
