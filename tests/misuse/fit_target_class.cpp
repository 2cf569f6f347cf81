// expect: refused::loss<inlay::huber>::after_layer<2>::wants_target<std::span<const float, 10> ?>::but_gets<unsigned char>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using optimized_t = net_t;
using input_t = net_t::input_type;
#ifdef REJECT
using target_t = unsigned char;
#else
using target_t = std::array<float, 10>;
#endif
#include "use/fit.hpp"
