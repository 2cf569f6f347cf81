// expect: refused::derivative::wants_stack_budget<[0-9]+u?l?>::but_has<229376>
#include <inlay/inlay.hpp>

#ifdef REJECT
constexpr std::size_t width = 1024;
#else
constexpr std::size_t width = 256;
#endif
using net_t = inlay::network<inlay::input<48>, inlay::dense<width, inlay::tanh>, inlay::dense<width, inlay::tanh>, inlay::dense<2>>;
auto curvature(const net_t& net, const net_t::input_type& x) { return inlay::hessian(net, x, std::array<float, 2>{1, 0}); }
