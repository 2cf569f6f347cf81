// expect: refused::loss<inlay::class_weighted<inlay::cross_entropy, 3> ?>::after_layer<2>::wants_class_weights<10>::but_gets<3>
#include <inlay/inlay.hpp>

#ifdef REJECT
constexpr std::size_t classes = 3;
#else
constexpr std::size_t classes = 10;
#endif
using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using target_t = std::size_t;
using loss_t = inlay::weighted_cross_entropy<classes>;
#include "use/backpropagate.hpp"
