#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("residual layers keep the laws, first, last and nested") {
  CHECK(laws::toy_broken<network<input<3>, residual<dense<4, inlay::tanh>, dense<3>>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<3>, residual<residual<dense<3, inlay::tanh>>, dense<3>>>>() == "");
}

TEST_CASE("residual layers around other layers keep the laws") {
  CHECK(laws::broken<network<input<2, 9>, residual<conv1d<2, 1, inlay::tanh>, residual<inlay::activation<silu>>>, dense<3>>>() == "");
  CHECK(laws::broken<basic_network<double, input<5>, dense<18, relu>, residual<dense<9, softplus>, residual<dense<9>>, dense<18>>>>() == "");
}

TEST_CASE("a residual layer around nothing but zeros gives back its input") {
  constexpr basic_network<double, input<4>, residual<dense<7, inlay::tanh>, dense<4>>> net{};
  constexpr std::array x{1., -2., 3., -4.};
  static_assert(net(x) == x);
  CHECK(net(x) == x);
  static_assert(net.parameter_count == 4 * 7 + 7 + 7 * 4 + 4 && net.multiply_adds == 2 * 28 && net.depth == 1);
}
