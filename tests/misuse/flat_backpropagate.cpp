// expect: refused::layer<1>::wants_span_of<const std::array<float, 64> ?>::but_gets_flat_numbers<std::vector<float> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
float loss_of(const net_t& net, std::vector<float>& x, const std::vector<int>& targets, net_t& grad) {
#ifdef REJECT
  return inlay::backpropagate(net, x, targets, inlay::cross_entropy{}, grad);
#else
  return inlay::backpropagate(net, inlay::as_rows<net_t::inputs>(x), targets, inlay::cross_entropy{}, grad);
#endif
}
