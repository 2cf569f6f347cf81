// expect: refused::layer<1>::wants_span_of<const std::array<float, 64> ?>::but_gets<std::vector<std::array<float, 63>.*> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<10>>;
#ifdef REJECT
using inputs_t = std::vector<std::array<float, 63>>;
#else
using inputs_t = std::vector<net_t::input_type>;
#endif
void outputs(const net_t& net, const inputs_t& xs, std::vector<net_t::output_type>& ys, inlay::workspace<net_t>& place) {
  net(xs, ys, place);
}
