// expect: refused::stream_of<.*>::wants_its_net_first::but_gets<std::array<float, 4[ul]*> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<9, 4>, inlay::gru<5>, inlay::dense<2>>;
auto step(const net_t& net, inlay::stream<net_t>& stream, const net_t::step_input_type& x) {
#ifdef REJECT
  (void)net;
  return stream(x);
#else
  return stream(net, x);
#endif
}
