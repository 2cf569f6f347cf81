// expect: refused::layer<2>::wants_to_write_span_of<std::array<float, 10> ?>::but_gets<std::vector<std::array<float, 3> ?> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using input_t = net_t::input_type;
#ifdef REJECT
using output_t = std::array<float, 3>;
#else
using output_t = net_t::output_type;
#endif
#include "use/batch.hpp"
