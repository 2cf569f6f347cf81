// expect: refused::loss<inlay::huber>::after_layer<2>::wants_target<std::span<const float, 10> ?>::but_gets<std::array<float, 9> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
using target_t = std::array<float, 9>;
#else
using target_t = net_t::output_type;
#endif
float loss_of(const net_t& net, const std::vector<net_t::input_type>& xs, const std::vector<target_t>& targets) {
  return inlay::evaluate(net, inlay::huber{}, xs, targets);
}
