// expect: refused::backpropagate::goes_on_from_no_state_of<inlay::self_attention<2,
#include <inlay/inlay.hpp>

#include <vector>

#ifdef REJECT
using layer = inlay::self_attention<2, inlay::attention_options{.is_causal = true}>;
#else
using layer = inlay::gru<4>;
#endif
using net_t = inlay::network<inlay::sequence<9, 4>, layer, inlay::dense<2>>;
float gradient(const net_t& net, const std::vector<net_t::input_type>& xs, const std::vector<net_t::output_type>& targets,
               std::vector<inlay::stream<net_t>>& streams, net_t& grad) {
  return inlay::backpropagate(net, xs, targets, inlay::mean_squared_error{}, grad, streams);
}
