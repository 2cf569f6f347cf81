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
  std::array<net_t::input_type, net_t::outputs> rows{};
  jacobian(net, x, y, rows);
  CHECK(rows == wanted.jacobian);
  float matrix[net_t::outputs][net_t::inputs]{};
  jacobian(net, x, y, matrix);
  CHECK(matrix[1][2] == wanted.jacobian[1][2]);
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

TEST_CASE("of a batch it is that of its samples") {
  using net_t = derivatives::vector<float>;
  const auto net = laws::made<net_t>(1);
  const std::array xs{laws::noise_array<float, net_t::inputs>(2), laws::noise_array<float, net_t::inputs>(3)};
  std::array<net_t::output_type, 2> ys;
  std::array<std::array<float, net_t::outputs * net_t::inputs>, 2> Js;
  jacobian(net, xs, ys, Js);
  for (std::size_t s = 0; s < 2; ++s) {
    const auto [y, J] = jacobian(net, xs[s]);
    CHECK(ys[s] == y);
    for (std::size_t k = 0; k < Js[s].size(); ++k)
      CHECK(Js[s][k] == J[k / net_t::inputs][k % net_t::inputs]);
  }
}

TEST_CASE("by one of several inputs it is a part of that by all") {
  using net_t = derivatives::ports<double>;
  const auto net = laws::made<net_t>(1);
  const auto x = laws::noise_array<double, 8>(2);
  const std::array first{x[0], x[1]};
  const std::array second{x[2], x[3], x[4], x[5], x[6], x[7]};
  const auto all = jacobian(net, x);
  const auto by_first = jacobian<1>(net, first, second);
  const auto by_second = jacobian<2>(net, first, second);
  CHECK(by_first.value == all.value);
  for (std::size_t o = 0; o < net_t::outputs; ++o)
    for (std::size_t i = 0; i < net_t::inputs; ++i)
      CHECK(all.jacobian[o][i] == (i < 2 ? by_first.jacobian[o][i] : by_second.jacobian[o][i - 2]));
  net_t::output_type y{};
  std::array<double, net_t::outputs * 6> J{};
  jacobian<2>(net, x, y, J);
  CHECK(y == by_second.value);
  for (std::size_t k = 0; k < J.size(); ++k)
    CHECK(J[k] == by_second.jacobian[k / 6][k % 6]);
}

TEMPLATE_TEST_CASE("of a stream it is that of the step, and the stream goes one step on", "", derivatives::all_steps<double>,
                   (basic_network<double, sequence<7, 2>, conv1d<3, 3, inlay::tanh>, residual<gru<3>>, delay<2>, dense<2>>)) {
  const auto net = laws::made<TestType>(1);
  stream<TestType> stream{}, plain{};
  constexpr std::size_t inputs = std::tuple_size_v<typename TestType::step_input_type>, outputs = std::tuple_size_v<typename TestType::step_output_type>;
  for (std::size_t step = 0; step < 9; ++step) {
    const auto x = laws::noise_array<double, inputs>(2 + step);
    const auto before = stream;
    const auto [y, J] = jacobian(net, stream, x);
    auto again = before;
    std::array<double, outputs> written{};
    std::array<double, outputs * inputs> flat{};
    jacobian(net, again, x, written, flat);
    CHECK(again == stream);
    CHECK(written == y);
    for (std::size_t k = 0; k < flat.size(); ++k)
      CHECK(flat[k] == J[k / inputs][k % inputs]);
    const auto wanted = plain(net, x);
    for (std::size_t o = 0; o < outputs; ++o)
      CHECK(y[o] == Approx(wanted[o]).epsilon(1e-12));
    for (std::size_t i = 0; i < inputs; ++i) {
      auto above = x, below = x;
      above[i] += 1e-5, below[i] -= 1e-5;
      auto up = before, down = before;
      const auto a = up(net, above), b = down(net, below);
      for (std::size_t o = 0; o < outputs; ++o)
        CHECK(J[o][i] == Approx((a[o] - b[o]) / 2e-5).epsilon(1e-7).margin(1e-8));
    }
  }
}

namespace {
struct remembering : network<sequence<4, 2>, rnn<3>> {};
struct attentive : network<sequence<4, 2>, self_attention<1, attention_options{.is_causal = true}>> {};
} // namespace

TEMPLATE_TEST_CASE("what is derived from a net of a sequence has the Jacobian of that", "", remembering, attentive) {
  TestType net{};
  initialize(net, 1);
  const auto x = laws::noise_array<float, 8>(1);
  CHECK(jacobian(net, x).value == net(x));
}
