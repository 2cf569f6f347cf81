// expect: refused::loss<inlay::cross_entropy>::after_layer<2>::wants_target<inlay::refused::class_index_or<std::span<const float, 10> ?> ?>::but_gets<float>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using loss_t = inlay::cross_entropy;
#ifdef REJECT
using target_t = float;
#else
using target_t = int;
#endif
#include "use/backpropagate.hpp"
