// The Jacobian is what central differences of net(x) are, whatever the net is made of; the value beside it is net(x).
#include "derivatives/nets.hpp"

using namespace inlay;

TEMPLATE_LIST_TEST_CASE("the Jacobian is that of central differences", "", derivatives::nets<double>) {
  const auto net = laws::made<TestType>(1);
  const auto x = laws::noise_array<double, TestType::inputs>(2);
  const auto [y, J] = jacobian(net, x);
  const auto value = net(x);
  double largest = 0;
  for (std::size_t o = 0; o < TestType::outputs; ++o) {
    CHECK(y[o] == Approx(value[o]).epsilon(1e-12));
    for (std::size_t i = 0; i < TestType::inputs; ++i) {
      INFO("output " << o << ", input " << i);
      CHECK(J[o][i] == Approx(derivatives::difference(net, x, o, i)).epsilon(1e-7).margin(1e-8));
      largest = std::max(largest, std::abs(J[o][i]));
    }
  }
  CHECK(largest > 1e-3); // there is something to see
}

TEMPLATE_LIST_TEST_CASE("in float it is that in double", "", derivatives::nets<float>) {
  const auto net = laws::made<TestType>(1);
  using wide_t = laws::in_double<TestType>;
  wide_t wide{};
  laws::make_in_double(net, wide);
  const auto x = laws::noise_array<float, TestType::inputs>(2);
  typename wide_t::input_type in_double;
  std::copy(x.begin(), x.end(), in_double.begin());
  const auto narrow = jacobian(net, x);
  const auto exact = jacobian(wide, in_double);
  double largest = 0;
  for (const auto& row : exact.jacobian)
    for (const double value : row)
      largest = std::max(largest, std::abs(value));
  for (std::size_t o = 0; o < TestType::outputs; ++o)
    for (std::size_t i = 0; i < TestType::inputs; ++i)
      CHECK(std::abs(static_cast<double>(narrow.jacobian[o][i]) - exact.jacobian[o][i]) <= 2e-5 * largest);
}

TEST_CASE("it is written row-major into memory of the caller's") {
  using net_t = derivatives::vector<float>;
  const auto net = laws::made<net_t>(1);
  const auto x = laws::noise_array<float, net_t::inputs>(2);
  const auto wanted = jacobian(net, x);
  net_t::output_type y{};
  std::array<float, net_t::outputs * net_t::inputs> J{};
  jacobian(net, x, y, J);
  CHECK(y == wanted.value);
  for (std::size_t k = 0; k < J.size(); ++k)
    CHECK(J[k] == wanted.jacobian[k / net_t::inputs][k % net_t::inputs]);
}

TEST_CASE("it is computed by the compiler, too") {
  using derivatives::toy;
  static constexpr auto net = laws::made<toy>(1);
  static constexpr auto x = laws::noise_array<double, toy::inputs>(2);
  constexpr auto constant = jacobian(net, x);
  const auto at_run_time = jacobian(net, x);
  for (std::size_t o = 0; o < toy::outputs; ++o)
    for (std::size_t i = 0; i < toy::inputs; ++i)
      CHECK(constant.jacobian[o][i] == Approx(at_run_time.jacobian[o][i]).epsilon(1e-12));
}

TEST_CASE("neither dropout nor the statistics of a batch have a part in it") {
  using with = basic_network<double, input<3>, dense<4, inlay::tanh>, dropout<std::ratio<1, 2>>, dense<2>>;
  using without = basic_network<double, input<3>, dense<4, inlay::tanh>, dense<2>>;
  with net{};
  without plain{};
  initialize(net, 1);
  set_parameters(plain, get_parameters(net));
  const auto x = laws::noise_array<double, 3>(2);
  CHECK(jacobian(net, x).jacobian == jacobian(plain, x).jacobian);
}
