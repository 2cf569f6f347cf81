#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <cmath>
#include <limits>

namespace {

template <class T>
using net_of = inlay::basic_network<T, inlay::input<9>, inlay::dense<33, inlay::tanh>, inlay::dense<5>>;

/// A gradient whose largest number is `largest`.
template <class T>
net_of<T> gradient(double largest) {
  net_of<T> grad{};
  std::array<T, net_of<T>::parameter_count> numbers{};
  for (std::size_t k = 0; k < numbers.size(); ++k)
    numbers[k] = static_cast<T>(largest * std::cos(static_cast<double>(k)));
  inlay::set_parameters(grad, numbers);
  return grad;
}

template <class T>
long double norm(const net_of<T>& grad) {
  long double squares = 0;
  for (const T g : inlay::get_parameters(grad)) squares += static_cast<long double>(g) * static_cast<long double>(g);
  return std::sqrt(squares);
}

} // namespace

TEMPLATE_TEST_CASE("the norm becomes max_norm, whatever it was, and its direction stays", "", float, double) {
  using T = TestType;
  const double most = std::numeric_limits<T>::max(), least = std::numeric_limits<T>::min();
  for (const double largest : {most, std::sqrt(most) * 2, 1e9, 3.0})
    for (const double max_norm : {1.0, 0.01, 1e-6}) {
      INFO("largest " << largest << ", max_norm " << max_norm);
      net_of<T> grad = gradient<T>(largest);
      const net_of<T> before = grad;
      const long double was = norm(before);
      const T found = inlay::clip_gradient_norm(grad, static_cast<T>(max_norm));
      if (was < static_cast<long double>(most)) CHECK(static_cast<double>(found / was) == Approx(1).epsilon(1e-6));
      else CHECK(std::isinf(found));
      CHECK(static_cast<double>(norm(grad) / static_cast<long double>(max_norm)) == Approx(1).epsilon(1e-6));
      const auto a = inlay::get_parameters(before), b = inlay::get_parameters(grad);
      for (std::size_t k = 0; k < a.size(); k += 17)
        CHECK(static_cast<double>(b[k] / max_norm) == Approx(static_cast<double>(a[k] / was)).epsilon(1e-5));
      CHECK(inlay::clip_gradient_norm(grad, T(max_norm * 2)) == Approx(max_norm).epsilon(1e-5)); // 1e-6 of it may go
    }
  for (const double largest : {0.0, least, std::sqrt(least) * 16}) { // tiny ones, whose squares would be denormal
    net_of<T> grad = gradient<T>(largest);
    const net_of<T> before = grad;
    const double was = static_cast<double>(norm(before));
    CHECK(static_cast<double>(inlay::clip_gradient_norm(grad, 1)) == Approx(was).epsilon(1e-5).margin(0));
    CHECK(grad == before);
  }
}

TEST_CASE("a NaN spoils all of a gradient, as in PyTorch; an infinity leaves nothing of the others") {
  net_of<float> grad = gradient<float>(3);
  grad.layer<1>().weight(3, 4) = std::numeric_limits<float>::quiet_NaN();
  CHECK(std::isnan(inlay::clip_gradient_norm(grad, 1)));
  CHECK(std::isnan(grad.layer<2>().bias(0)));
  grad = gradient<float>(3);
  grad.layer<1>().weight(3, 4) = std::numeric_limits<float>::infinity();
  CHECK(std::isinf(inlay::clip_gradient_norm(grad, 1)));
  CHECK(std::isnan(grad.layer<1>().weight(3, 4)));
  CHECK(grad.layer<2>().bias(0) == 0);
}

TEST_CASE("a gradient is made zero in place") {
  net_of<float> grad = gradient<float>(3);
  inlay::zero_gradient(grad);
  CHECK(grad == net_of<float>{});
}

namespace {

constexpr float by_the_compiler() {
  inlay::network<inlay::input<1>, inlay::dense<1>> grad{};
  grad.layer<1>().weight(0, 0) = 3;
  grad.layer<1>().bias(0) = 4;
  return inlay::clip_gradient_norm(grad, 1) + grad.layer<1>().bias(0);
}
static_assert(by_the_compiler() > 5.799998f && by_the_compiler() < 5.8f);

} // namespace
