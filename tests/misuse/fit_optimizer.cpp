// expect: refused::wants_optimizer_of<inlay::basic_network<float, inlay::input<64>, .*> ?>::but_gets<inlay::adam<inlay::basic_network<.*> ?> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using other_t = inlay::network<inlay::input<64>, inlay::dense<10>>;
using input_t = net_t::input_type;
using target_t = net_t::output_type;
#ifdef REJECT
using optimized_t = other_t;
#else
using optimized_t = net_t;
#endif
#include "use/fit.hpp"
