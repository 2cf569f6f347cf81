// expect: refused::layer<2[ul]*>::wants_to_write_span_of<std::array<float, 2[ul]*> ?>::but_gets_flat_numbers<std::vector<float
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::sequence<9, 4>, inlay::gru<5>, inlay::dense<2>>;
#ifdef REJECT
using ys_type = std::vector<float>;
#else
using ys_type = std::vector<net_t::step_output_type>;
#endif
void steps(const net_t& net, inlay::stream<net_t>& stream, const std::vector<net_t::step_input_type>& xs, ys_type& ys) { stream(net, xs, ys); }
