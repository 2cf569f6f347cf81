// The Hessian is symmetric, and the central difference of the gradient, whatever the net is made of.
#include "derivatives/nets.hpp"

using namespace inlay;

TEMPLATE_LIST_TEST_CASE("the Hessian is symmetric and the difference of the gradient", "", derivatives::nets<double>) {
  const auto net = laws::made<TestType>(1);
  const auto x = laws::noise_array<double, TestType::inputs>(2);
  const auto u = laws::noise_array<double, TestType::outputs>(3);
  const auto [y, g, H] = hessian(net, x, u);
  const auto first = vjp(net, x, u);
  constexpr double h = 1e-5;
  double largest = 0;
  for (std::size_t o = 0; o < TestType::outputs; ++o)
    CHECK(y[o] == Approx(first.value[o]).epsilon(1e-12));
  for (std::size_t k = 0; k < TestType::inputs; ++k) {
    CHECK(g[k] == Approx(first.gradient[k]).epsilon(1e-11).margin(1e-13));
    auto above = x, below = x;
    above[k] += h, below[k] -= h;
    const auto up = vjp(net, above, u).gradient, down = vjp(net, below, u).gradient;
    for (std::size_t i = 0; i < TestType::inputs; ++i) {
      INFO("inputs " << k << " and " << i);
      CHECK(H[k][i] == Approx((up[i] - down[i]) / (2 * h)).epsilon(1e-6).margin(1e-7));
      CHECK(H[k][i] == Approx(H[i][k]).epsilon(1e-10).margin(1e-12));
      largest = std::max(largest, std::abs(H[k][i]));
    }
  }
  CHECK(largest > 1e-3); // there is something to see
}

TEMPLATE_TEST_CASE("it is that of dual numbers where layers bend", "", derivatives::branches<double>, derivatives::seen<double>,
                   derivatives::few_inputs<double>) {
  STATIC_REQUIRE(detail::all_bend<typename TestType::topology>());
  const auto net = laws::made<TestType>(1);
  const auto x = laws::noise_array<double, TestType::inputs>(2);
  const auto u = laws::noise_array<double, TestType::outputs>(3);
  const auto found = hessian(net, x, u);
  hessian_result<TestType> wanted{};
  detail::write_hessian_in_duals<TestType>(net, x.data(), u, wanted.value, wanted.gradient, [&](std::size_t k) { return std::span(wanted.hessian[k]); });
  for (std::size_t k = 0; k < TestType::inputs; ++k)
    for (std::size_t i = 0; i < TestType::inputs; ++i)
      CHECK(found.hessian[k][i] == Approx(wanted.hessian[k][i]).epsilon(1e-11).margin(1e-13));
}

TEMPLATE_LIST_TEST_CASE("in float it is that in double", "", derivatives::nets<float>) {
  const auto net = laws::made<TestType>(1);
  laws::in_double<TestType> wide{};
  laws::make_in_double(net, wide);
  const auto x = laws::noise_array<float, TestType::inputs>(2);
  const auto u = laws::noise_array<float, TestType::outputs>(3);
  typename laws::in_double<TestType>::input_type wide_x;
  typename laws::in_double<TestType>::output_type wide_u;
  std::copy(x.begin(), x.end(), wide_x.begin());
  std::copy(u.begin(), u.end(), wide_u.begin());
  const auto narrow = hessian(net, x, u);
  const auto exact = hessian(wide, wide_x, wide_u);
  double largest = 0;
  for (const auto& row : exact.hessian)
    for (const double value : row)
      largest = std::max(largest, std::abs(value));
  for (std::size_t k = 0; k < TestType::inputs; ++k)
    for (std::size_t i = 0; i < TestType::inputs; ++i)
      CHECK(std::abs(static_cast<double>(narrow.hessian[k][i]) - exact.hessian[k][i]) <= 2e-5 * largest);
}

TEST_CASE("the Hessian of a batch is that of its samples, into memory it is the same, and the compiler's is that of run time") {
  using net_t = derivatives::vector<float>;
  const auto net = laws::made<net_t>(1);
  std::array<net_t::input_type, 2> xs, gs;
  std::array<net_t::output_type, 2> us, ys;
  for (std::size_t s = 0; s < 2; ++s)
    xs[s] = laws::noise_array<float, net_t::inputs>(s), us[s] = laws::noise_array<float, net_t::outputs>(s + 7);
  std::array<std::array<float, net_t::inputs * net_t::inputs>, 2> Hs;
  hessian(net, xs, us, ys, gs, Hs);
  for (std::size_t s = 0; s < 2; ++s) {
    const auto [y, g, H] = hessian(net, xs[s], us[s]);
    CHECK(ys[s] == y);
    CHECK(gs[s] == g);
    for (std::size_t k = 0; k < Hs[s].size(); ++k)
      CHECK(Hs[s][k] == H[k / net_t::inputs][k % net_t::inputs]);
  }
  const auto whole = hessian(net, xs[0], us[0]);
  std::array<net_t::input_type, net_t::inputs> rows{};
  hessian(net, xs[0], us[0], ys[0], gs[0], rows);
  CHECK(rows == whole.hessian);
  float matrix[net_t::inputs][net_t::inputs]{};
  hessian(net, xs[0], us[0], ys[0], gs[0], matrix);
  CHECK(matrix[1][2] == whole.hessian[1][2]);
  using derivatives::toy;
  static constexpr auto small = laws::made<toy>(1);
  constexpr auto constant = hessian(small, std::array{.5, -.25}, std::array{1., 2.});
  const auto at_run_time = hessian(small, std::array{.5, -.25}, std::array{1., 2.});
  for (std::size_t k = 0; k < toy::inputs; ++k)
    for (std::size_t i = 0; i < toy::inputs; ++i)
      CHECK(constant.hessian[k][i] == Approx(at_run_time.hessian[k][i]).epsilon(1e-12));
}
