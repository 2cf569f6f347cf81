// expect: refused::wants_a_loss::with_encode_target_and_value_and_gradient_not_row_and_gradient<own_loss>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<64>, inlay::dense<32, inlay::relu>, inlay::dense<10>>;
using target_t = net_t::output_type;
struct own_loss : inlay::numbers_target {
#ifdef REJECT
  static constexpr float gradient(auto, auto, auto, float) noexcept { return 0; }
#else
  static constexpr float value_and_gradient(auto, auto, auto, float) noexcept { return 0; }
#endif
};
using loss_t = own_loss;
#include "use/backpropagate.hpp"
