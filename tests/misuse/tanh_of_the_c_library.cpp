// expect: template argument 2 is invalid|reference to 'tanh' is ambiguous
// errors: 2
// lines: 19
#include <inlay/inlay.hpp>

#include <cmath>

using namespace inlay;

#ifdef REJECT
using layer = dense<3, tanh>;
#else
using layer = dense<3, inlay::tanh>;

namespace mine { // or in a function: the using declaration is nearer than <cmath>'s
using inlay::tanh;
using net_t = network<input<2>, dense<3, tanh>, dense<1>>;
} // namespace mine
static_assert(mine::net_t::parameter_count == 13);

// tanh is the only activation that <cmath> has, too.
template <class... Activation>
using all = network<input<2>, dense<3, Activation>...>;
using net_t = all<identity, relu, leaky_relu, elu, selu, celu, sigmoid, gelu, gelu_tanh, silu, mish, softplus, softsign, hard_sigmoid,
                  hard_tanh, hard_swish, softmax, log_softmax, fast_tanh, fast_sigmoid>;
static_assert(net_t::depth == 20);
#endif
