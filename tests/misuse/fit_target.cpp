// expect: refused::loss<inlay::huber>::after_layer<2>::wants_target<std::span<const float, 10> ?>::but_gets<std::array<float, 9> ?>
#include <inlay/inlay.hpp>

#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using optimized_t = net_t;
using input_t = net_t::input_type;
#ifdef REJECT
using target_t = std::array<float, 9>;
#else
using target_t = std::array<float, 10>;
#endif
void train(net_t& net, const std::vector<input_t>& xs, const std::vector<target_t>& targets) {
  inlay::adam<optimized_t> optimizer{};
  inlay::fit(net, optimizer, inlay::huber{}, xs, targets, {.epochs = 3});
}
