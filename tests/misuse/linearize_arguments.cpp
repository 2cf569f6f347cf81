// expect: refused::derivative::wants_arguments_after_the_net<2[ul]*>::but_gets<1[ul]*>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<9, 4>, inlay::gru<5>, inlay::dense<2>>;
auto about(const net_t& net, inlay::stream<net_t>& stream, const net_t::step_input_type& x) {
#ifdef REJECT
  (void)stream;
  return inlay::linearize(net, x);
#else
  return inlay::linearize(net, stream, x);
#endif
}
