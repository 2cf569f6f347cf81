// expect: refused::state_in_numbers::wants_a_stream::but_gets<inlay::basic_network<
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<9, 4>, inlay::gru<5>, inlay::dense<2>>;
#ifdef REJECT
using remembering_type = net_t;
#else
using remembering_type = inlay::stream<net_t>;
#endif
auto get(const remembering_type& from) { return inlay::get_state(from); }
