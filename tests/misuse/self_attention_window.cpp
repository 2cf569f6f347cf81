// expect: refused::layer<1>::wants<inlay::refused::is_causal_with_a_window>::but_gets<inlay::self_attention<2
// lines: 15
#include <inlay/inlay.hpp>

#ifdef REJECT
using net_t = inlay::network<inlay::sequence<9, 8>, inlay::self_attention<2, inlay::attention_options{.window = 4}>, inlay::last_step>;
#else
using net_t = inlay::network<inlay::sequence<9, 8>, inlay::self_attention<2, inlay::attention_options{.is_causal = true, .window = 4}>, inlay::last_step>;
#endif
#include "use/net.hpp"
