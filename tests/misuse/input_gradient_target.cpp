// expect: refused::loss<inlay::huber>::after_layer<2>::wants_target<std::span<const float, 10> ?>::but_gets<int>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
constexpr int target = 3;
#else
constexpr net_t::output_type target{};
#endif
auto slope(const net_t& net, const net_t::input_type& x) { return inlay::input_gradient(net, x, target, inlay::huber{}); }
