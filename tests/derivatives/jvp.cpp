// The Jacobian's product with a vector is what the Jacobian and vjp say, whatever the net is made of.
#include "derivatives/nets.hpp"

using namespace inlay;

TEMPLATE_LIST_TEST_CASE("jvp is the Jacobian times dx, and <u, J v> is alike from jvp and vjp", "", derivatives::nets<double>) {
  const auto net = laws::made<TestType>(1);
  const auto x = laws::noise_array<double, TestType::inputs>(2), dx = laws::noise_array<double, TestType::inputs>(3);
  const auto u = laws::noise_array<double, TestType::outputs>(4);
  const auto [y, dy] = jvp(net, x, dx);
  const auto whole = jacobian(net, x);
  const auto back = vjp(net, x, u).gradient;
  double forward = 0, reverse = 0;
  for (std::size_t o = 0; o < TestType::outputs; ++o) {
    double wanted = 0;
    for (std::size_t i = 0; i < TestType::inputs; ++i)
      wanted += whole.jacobian[o][i] * dx[i];
    CHECK(y[o] == Approx(whole.value[o]).epsilon(1e-12));
    CHECK(dy[o] == Approx(wanted).epsilon(1e-11).margin(1e-13));
    forward += u[o] * dy[o];
  }
  for (std::size_t i = 0; i < TestType::inputs; ++i)
    reverse += back[i] * dx[i];
  CHECK(forward == Approx(reverse).epsilon(1e-11));
}

TEMPLATE_LIST_TEST_CASE("in float it is that in double", "", derivatives::nets<float>) {
  const auto net = laws::made<TestType>(1);
  laws::in_double<TestType> wide{};
  laws::make_in_double(net, wide);
  const auto x = laws::noise_array<float, TestType::inputs>(2), dx = laws::noise_array<float, TestType::inputs>(3);
  typename laws::in_double<TestType>::input_type wide_x, wide_dx;
  std::copy(x.begin(), x.end(), wide_x.begin());
  std::copy(dx.begin(), dx.end(), wide_dx.begin());
  const auto narrow = jvp(net, x, dx);
  const auto exact = jvp(wide, wide_x, wide_dx);
  double largest = 0;
  for (const double value : exact.tangent)
    largest = std::max(largest, std::abs(value));
  for (std::size_t o = 0; o < TestType::outputs; ++o)
    CHECK(std::abs(static_cast<double>(narrow.tangent[o]) - exact.tangent[o]) <= 2e-5 * largest);
}

TEST_CASE("jvp of a batch is that of its samples, and the compiler's is that of run time") {
  using net_t = derivatives::vector<float>;
  const auto net = laws::made<net_t>(1);
  std::array<net_t::input_type, 3> xs, dxs;
  for (std::size_t s = 0; s < 3; ++s)
    xs[s] = laws::noise_array<float, net_t::inputs>(s), dxs[s] = laws::noise_array<float, net_t::inputs>(s + 7);
  std::array<net_t::output_type, 3> ys, dys;
  jvp(net, xs, dxs, ys, dys);
  for (std::size_t s = 0; s < 3; ++s) {
    const auto [y, dy] = jvp(net, xs[s], dxs[s]);
    CHECK(ys[s] == y);
    CHECK(dys[s] == dy);
  }
  using derivatives::toy;
  static constexpr auto small = laws::made<toy>(1);
  constexpr auto constant = jvp(small, std::array{.5, -.25}, std::array{1., 2.});
  const auto at_run_time = jvp(small, std::array{.5, -.25}, std::array{1., 2.});
  for (std::size_t o = 0; o < toy::outputs; ++o)
    CHECK(constant.tangent[o] == Approx(at_run_time.tangent[o]).epsilon(1e-12));
}
