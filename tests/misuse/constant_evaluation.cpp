// expect: refused::layer<1>::wants_input<std::span<const float, 2> ?>::but_gets<std::array<float, 3> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<2>, inlay::dense<3>>;
#ifdef REJECT
constexpr std::array<float, 3> x{};
#else
constexpr std::array<float, 2> x{};
#endif
static_assert(net_t{}(x)[0] == 0);
