// expect: refused::state_in_numbers::wants<std::span<const float, 5[ul]*> ?>::but_gets<std::array<float, 4[ul]*> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::sequence<9, 4>, inlay::gru<5>, inlay::dense<2>>;
#ifdef REJECT
using numbers_type = std::array<float, 4>;
#else
using numbers_type = std::array<float, 5>;
#endif
void set(inlay::stream<net_t>& stream, const numbers_type& numbers) { inlay::set_state(stream, numbers); }
