// expect: refused::loss<inlay::cross_entropy>::after_layer<2>::wants_target<inlay::refused::class_index_or<std::span<const float, 10> ?> ?>::but_gets<std::array<float, 11> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using input_t = net_t::input_type;
#ifdef REJECT
using target_t = std::array<float, 11>;
#else
using target_t = std::array<float, 10>;
#endif
#include "use/backpropagate_batch.hpp"
