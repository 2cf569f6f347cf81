// expect: refused::loss<inlay::huber>::after_layer<2>::wants_targets<std::span<const float, 10> ?>::but_gets<std::(__cxx11::)?list<std::array<float, 10> ?> ?>
#include <inlay/inlay.hpp>

#include <list>
#include <vector>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
using targets_t = std::list<net_t::output_type>;
#else
using targets_t = std::vector<net_t::output_type>;
#endif
void train(net_t& net, const std::vector<net_t::input_type>& xs, const targets_t& targets) {
  inlay::sgd<net_t> optimizer{};
  inlay::fit(net, optimizer, inlay::huber{}, xs, targets);
}
