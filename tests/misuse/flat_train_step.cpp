// expect: refused::layer<1>::wants_span_of<const std::array<float, 64> ?>::but_gets_flat_numbers<std::span<const float(, [0-9]+)?> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
float train(net_t& net, inlay::sgd<net_t>& optimizer, std::span<const float> x, const std::vector<net_t::output_type>& y, net_t& grad) {
#ifdef REJECT
  return inlay::train_step(net, optimizer, inlay::huber{}, x, y, grad);
#else
  return inlay::train_step(net, optimizer, inlay::huber{}, inlay::as_rows<net_t::inputs>(x), y, grad);
#endif
}
