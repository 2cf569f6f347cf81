// expect: refused::layer<1>::wants_span_of<const std::array<float, 64> ?>::but_gets_flat_numbers<std::vector<float> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
void train(net_t& net, inlay::sgd<net_t>& optimizer, const std::vector<float>& x, const std::vector<int>& targets) {
#ifdef REJECT
  const auto& xs = x;
#else
  const auto xs = inlay::as_rows<net_t::inputs>(x);
#endif
  inlay::fit(net, optimizer, inlay::cross_entropy{}, xs, targets);
}
