// expect: refused::derivative::is_not_of_a_step_of<inlay::(x86_64[_a-z0-9]*::)?stream<
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<1, 4>, inlay::gru<5>, inlay::dense<2>>;
auto along(const net_t& net, inlay::stream<net_t>& stream, const net_t::step_input_type& x, const net_t::step_input_type& dx) {
#ifdef REJECT
  return inlay::jvp(net, stream, x, dx);
#else
  (void)stream;
  return inlay::jvp(net, x, dx);
#endif
}
