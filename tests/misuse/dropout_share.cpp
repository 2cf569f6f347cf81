// expect: refused::layer<1>::wants<inlay::refused::a_share_from_0_to_below_1>::but_gets<inlay::dropout<std::ratio<1
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<6>, inlay::dropout<std::ratio<1, 1>>, inlay::dense<10>>;
#else
using net_t = inlay::network<inlay::input<6>, inlay::dropout<std::ratio<1, 10>>, inlay::dense<10>>;
#endif
inlay::network<inlay::input<6>, inlay::dense<10>>::output_type use(const net_t& net, const net_t::input_type& x) { return net(x); }
