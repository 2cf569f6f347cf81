// expect: refused::network::wants_parameters<std::span<const float, 2410> ?>::but_gets<std::array<float, 12> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
#ifdef REJECT
constexpr std::array<float, 12> parameters{};
#else
constexpr std::array<float, 2410> parameters{};
#endif
void set(net_t& net) { inlay::set_parameters(net, parameters); }
