// expect: refused::loss<inlay::huber>::after_layer<2>::wants_targets<std::span<const float, 10> ?>::but_gets_flat_numbers<std::vector<float> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
float loss_of(const net_t& net, const std::vector<net_t::input_type>& xs, const std::vector<float>& y) {
#ifdef REJECT
  return inlay::evaluate(net, inlay::huber{}, xs, y);
#else
  return inlay::evaluate(net, inlay::huber{}, xs, inlay::as_rows<net_t::outputs>(y));
#endif
}
