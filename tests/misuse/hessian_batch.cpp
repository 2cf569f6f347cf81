// expect: refused::derivative::wants_to_write_span_of<std::array<float, 36> ?>::but_gets<std::array<float, 72> ?>
#include <inlay/inlay.hpp>

using net_t = inlay::network<inlay::input<6>, inlay::dense<32, inlay::relu>, inlay::dense<2>>;
using inputs_t = std::array<net_t::input_type, 2>;
using outputs_t = std::array<net_t::output_type, 2>;
#ifdef REJECT
using hessians_t = std::array<float, 72>;
#else
using hessians_t = std::array<std::array<float, 36>, 2>;
#endif
void curvatures(const net_t& net, const inputs_t& xs, const outputs_t& us, outputs_t& ys, inputs_t& gs, hessians_t& Hs) {
  inlay::hessian(net, xs, us, ys, gs, Hs);
}
