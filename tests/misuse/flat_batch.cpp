// expect: refused::layer<2>::wants_to_write_span_of<std::array<float, 10> ?>::but_gets_flat_numbers<std::vector<float> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
void infer(const net_t& net, const std::vector<net_t::input_type>& xs, std::vector<float>& y) {
#ifdef REJECT
  net(xs, y);
#else
  net(xs, inlay::as_rows<net_t::outputs>(y));
#endif
}
