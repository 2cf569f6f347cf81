// expect: refused::layer<1>::wants_span_of<const std::array<float, 64> ?>::but_gets<std::vector<std::array<float, 40> ?> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using output_t = net_t::output_type;
#ifdef REJECT
using input_t = std::array<float, 40>;
#else
using input_t = net_t::input_type;
#endif
#include "use/batch.hpp"
