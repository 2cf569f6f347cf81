#include "activation/law.hpp"

#include "inlay/activation/relu.hpp"

#include <limits>

using laws::infinity;

TEMPLATE_TEST_CASE("relu and its leaky forms keep the laws of activations", "[activation]", float, double) {
  using namespace inlay;
  CHECK(laws::same_everywhere<relu, TestType>() == "");
  CHECK(laws::same_everywhere<leaky_relu, TestType>() == "");
  CHECK(laws::at_the_ends<relu, TestType>({0, 0, infinity, 1}) == "");
  CHECK(laws::at_the_ends<leaky_relu, TestType>({-infinity, 0.01, infinity, 1}) == "");
}

TEST_CASE("relu's derivative is its slope, and zero at its kink", "[activation]") {
  using namespace inlay;
  CHECK(laws::derivative_is_slope<relu>() == "");
  CHECK(laws::derivative_is_slope<leaky_relu>() == "");
  CHECK(laws::derivative_is_slope<leaky_relu_with<std::ratio<3, 2>>>() == "");
  STATIC_REQUIRE(relu::at(0.0).derivative == 0);
  STATIC_REQUIRE(leaky_relu::at(0.0).derivative == 0.01);
  STATIC_REQUIRE(leaky_relu_with<std::ratio<1, 5>>::at(-10.0f).value == -2);
}

namespace {

/// relu, but registers differ from scalars, a NaN is lost, and the slope is wrong above 10.
struct broken_relu : inlay::relu {
  template <class V>
  static constexpr inlay::value_and_derivative<V> at(V z) noexcept {
    using T = inlay::math::scalar_of<V>;
    using namespace inlay::math;
    auto a = inlay::relu::at(z);
    if constexpr (!std::is_same_v<V, T>)
      a.value = a.value * V(1 + 4 * std::numeric_limits<T>::epsilon());
    a.value = minimum(a.value, V(std::numeric_limits<T>::infinity()));
    a.derivative = select(z > V(T(10)), V(T(1.001)), a.derivative);
    return a;
  }
};

} // namespace

TEST_CASE("the laws of activations find what is broken", "[activation]") {
  CHECK(laws::same_everywhere<broken_relu, float>() != "");
  CHECK(laws::at_the_ends<broken_relu, float>({0, 0, infinity, 1}) != "");
  CHECK(laws::derivative_is_slope<broken_relu>() != "");
}
