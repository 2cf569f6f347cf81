// expect: refused::split::wants_a_net_of_heads::but_gets_one_output_of<inlay::shape<2> ?>
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::input<8>, inlay::dense<2>>;
#else
using net_t = inlay::network<inlay::input<8>, inlay::heads<inlay::branch<inlay::dense<1>>, inlay::branch<inlay::dense<1>>>>;
#endif
float use(const net_t::output_type& y) { return std::get<0>(inlay::split<net_t>(y))[0]; }
