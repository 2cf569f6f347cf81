// A formula of dual numbers gives its derivative: σ″ beside σ′, held to the central difference of σ′.
#include "catch.hpp"

#include <inlay/activation/all.hpp>
#include <inlay/math/dual.hpp>

#include <cmath>

using namespace inlay;

namespace {

using number = math::dual<double>;

template <class... Activations>
struct list {};
using every = list<identity, relu, leaky_relu, elu, selu, celu, sigmoid, inlay::tanh, gelu, gelu_tanh, silu, mish, softplus, softsign,
                   hard_sigmoid, hard_tanh, hard_swish, fast_tanh, fast_sigmoid>;

template <class Activation>
void second_derivative_is_difference() {
  for (double z = -12.03125; z < 12; z += .1875) {
    INFO(Activation::described.name << " at " << z);
    const auto at = Activation::at(number(z, 1.));
    const auto plain = Activation::at(z);
    constexpr double h = 1e-5;
    const double difference = (Activation::at(z + h).derivative - Activation::at(z - h).derivative) / (2 * h);
    CHECK(at.value.value == Approx(plain.value).epsilon(1e-14).margin(1e-300)); // some compilers fuse multiply-adds of one and not of the other
    CHECK(at.value.tangent == Approx(plain.derivative).epsilon(1e-9).margin(1e-12));
    CHECK(at.derivative.value == Approx(plain.derivative).epsilon(1e-13).margin(1e-15));
    CHECK(at.derivative.tangent == Approx(difference).epsilon(1e-6).margin(1e-7));
  }
}

} // namespace

TEST_CASE("every activation of a dual number has its first and second derivative") {
  []<class... A>(list<A...>) {
    (second_derivative_is_difference<A>(), ...);
  }(every{});
}

TEST_CASE("so it has where z is zero, and next to it") {
  for (const double z : {0., -0., 1e-300, -1e-300, 1e-40, -1e-40, 1e-12, -1e-12}) {
    INFO(z);
    const auto is = [](auto at, double value, double first, double second) {
      CHECK(at.value.value == Approx(value).margin(1e-11));
      CHECK(at.value.tangent == Approx(first).margin(1e-11));
      CHECK(at.derivative.value == Approx(first).margin(1e-11));
      CHECK(at.derivative.tangent == Approx(second).margin(1e-11));
    };
    is(inlay::tanh::at(number(z, 1.)), 0, 1, 0);
    is(sigmoid::at(number(z, 1.)), .5, .25, 0);
    is(silu::at(number(z, 1.)), 0, .5, .5);
    is(gelu::at(number(z, 1.)), 0, .5, .7978845608028654);
    is(softplus::at(number(z, 1.)), .6931471805599453, .5, .25);
    is(mish::at(number(z, 1.)), 0, .6, .64);
    const auto of_float = inlay::tanh::at(math::dual<float>(static_cast<float>(z), 1.f));
    CHECK(of_float.value.tangent == Approx(1));
    CHECK(of_float.derivative.tangent == Approx(0).margin(1e-6));
  }
}

TEST_CASE("arithmetic of dual numbers is that of derivatives") {
  constexpr number x(3, 1), c(2);
  STATIC_REQUIRE((x * x).tangent == 6);
  STATIC_REQUIRE((c / x).tangent == -2. / 9);
  STATIC_REQUIRE((c * x - x / c).tangent == 1.5);
  STATIC_REQUIRE((-x).tangent == -1);
  STATIC_REQUIRE(math::absolute(number(-3, 1)).tangent == -1);
  STATIC_REQUIRE(math::maximum(x, c).tangent == 1);
  STATIC_REQUIRE(math::minimum(x, c).tangent == 0);
  STATIC_REQUIRE(math::copy_sign(x, number(-1)).tangent == -1);
  CHECK(math::square_root(number(4, 1)).tangent == Approx(.25));
  CHECK(math::log(number(4, 1)).tangent == Approx(.25));
  CHECK(math::log1p(number(.5, 1)).tangent == Approx(1 / 1.5));
  CHECK(math::exp(number(1, 2)).tangent == Approx(2 * std::exp(1.)));
  CHECK(math::expm1_bounded(number(1, 2)).tangent == Approx(2 * std::exp(1.)));
  CHECK(math::saturating_multiply_add(x, c, x).tangent == 3);
  CHECK(math::reciprocal(number(2, 1)).tangent == Approx(-.25));
}
