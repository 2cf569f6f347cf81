// Every activation as the σ of a dense layer, through the whole chain. What σ itself is held to is in tests/activation.
#include "laws/gradient.hpp"
#include "laws/inference.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

namespace {

template <class... Activations>
struct list {};
using every = list<identity, relu, leaky_relu, elu, selu, celu, sigmoid, inlay::tanh, gelu, gelu_tanh, silu, mish, softplus,
                   softsign, hard_sigmoid, hard_tanh, hard_swish, fast_tanh, fast_sigmoid, softmax, log_softmax>;

template <class T, class Activation>
using net_with = basic_network<T, input<3>, dense<5, Activation>>;

// A constant each, because the steps of one evaluation are limited.
template <class Activation>
constexpr bool in_constant_evaluation = laws::gradient_is_central_difference<net_with<double, Activation>>();

} // namespace

TEST_CASE("every activation goes through the chain in constant evaluation") {
  []<class... A>(list<A...>) {
    static_assert((in_constant_evaluation<A> && ...));
  }(every{});
}

TEST_CASE("every activation goes through the chain at run time") {
  []<class... A>(list<A...>) {
    for (const auto& found : {laws::gradient_agrees(laws::made<net_with<float, A>>(1))...}) CHECK(found == "");
    for (const auto& found : {laws::batch_is_map(laws::made<net_with<float, A>>(1))...}) CHECK(found == "");
  }(every{});
}
