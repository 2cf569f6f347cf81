// expect: refused::loss<inlay::huber>::after_layer<2>::wants_target<std::span<const float, 10> ?>::but_gets<std::array<float, 9> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
using target_t = std::array<float, 9>;
#else
using target_t = net_t::output_type;
#endif
void train(net_t& net, inlay::adam<net_t>& optimizer, const std::vector<net_t::input_type>& xs,
           const std::vector<net_t::output_type>& targets, const std::vector<target_t>& vy) {
  inlay::fit(net, optimizer, inlay::huber{}, xs, targets, xs, vy, {.epochs = 3});
}
