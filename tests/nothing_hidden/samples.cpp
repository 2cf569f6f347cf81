// Denormal, infinite and NaN inputs change no other sample of a batch, and reach no arithmetic as denormals: the
// processor's own flag says so, without a clock.
#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace {

using net_t = inlay::network<inlay::input<9>, inlay::dense<37, inlay::tanh>, inlay::residual<inlay::dense<37, inlay::relu>>,
                             inlay::dense<5, inlay::softmax>>;
constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float denormal = std::numeric_limits<float>::denorm_min() * 1000;

std::vector<net_t::input_type> samples(std::size_t n) {
  std::vector<net_t::input_type> xs(n);
  for (std::size_t s = 0; s < n; ++s)
    for (std::size_t i = 0; i < 9; ++i) xs[s][i] = static_cast<float>((s * 7 + i * 5) % 23) / 8 - 1;
  return xs;
}

net_t some_net() {
  net_t net{};
  inlay::initialize(net, 1);
  return net;
}

TEST_CASE("a bad sample changes no other of its batch") {
  const net_t net = some_net();
  for (const std::size_t n : {2u, 6u, 7u, 32u, 45u})
    for (const float bad : {nan, infinity, -infinity, denormal, 3e38f}) {
      const std::size_t which = n / 2;
      auto xs = samples(n);
      std::vector<net_t::output_type> expected(n), found(n);
      net(xs, expected);
      xs[which].fill(bad);
      net(xs, found);
      for (std::size_t s = 0; s < n; ++s)
        if (s != which) REQUIRE(std::memcmp(&expected[s], &found[s], sizeof found[s]) == 0);
    }
}

TEST_CASE("a NaN comes out as a NaN") {
  const net_t net = some_net();
  auto x = samples(1)[0];
  x[4] = nan;
  for (const float y : net(x)) CHECK(y != y);
}

TEST_CASE("padding stays zero whatever goes through") {
  net_t net = some_net(), grad{};
  auto x = samples(1)[0];
  x.fill(nan);
  inlay::backpropagate(net, x, net_t::output_type{}, inlay::mean_squared_error{}, grad);
  inlay::backpropagate(net, std::vector(7, x), std::vector<net_t::output_type>(7), inlay::mean_squared_error{}, grad);
  inlay::adam<net_t> optimizer{};
  optimizer.step(net, grad);
  // Set from logical values alone: equal means that what is not logical was zero before too.
  const auto zeros = std::array<float, net_t::parameter_count>{};
  for (net_t dirty : {net, grad, optimizer.mean, optimizer.mean_square}) {
    std::size_t logical = 0, storage = 0;
    for (const float w : inlay::get_parameters(dirty)) logical += w == 0 ? 0 : 1;
    for (const float w : dirty.theta()) storage += w == 0 ? 0 : 1;
    CHECK(storage == logical);
    inlay::set_parameters(dirty, zeros);
    CHECK(dirty == net_t{});
  }
}

/// The outputs of one dense layer, inputs and parameters as in ordinary use times `scale`, but no biases.
template <inlay::scalar T, std::size_t In, std::size_t Out>
auto tiny_sums(T scale) {
  using any_net = inlay::basic_network<T, inlay::input<In>, inlay::dense<Out>>;
  any_net any{};
  inlay::initialize(any, 1);
  auto weights = any.template layer<1>().weights();
  for (T& w : weights) w *= scale;
  any.template layer<1>().assign(weights, std::array<T, Out>{});
  typename any_net::input_type x;
  for (std::size_t i = 0; i < In; ++i) x[i] = static_cast<T>(i % 5 + 1) * scale;
  return any(x);
}

TEMPLATE_TEST_CASE("sums of tiny products are zero or normal, and zero of zeros", "", float, double) {
  using T = TestType;
  using inlay::shape; // of the weights: inputs, outputs
  const auto check = [](auto... shapes) {
    const auto each = [&](const auto& ys, bool all_zero) {
      for (const T y : ys) {
        const bool zero = y == 0, normal = std::isnormal(y);
        REQUIRE((all_zero ? zero : zero || normal));
      }
    };
    (each(tiny_sums<T, shapes.extents[0], shapes.extents[1]>(0), true), ...);
    for (T scale = 1; scale > std::numeric_limits<T>::min(); scale /= 8)
      (each(tiny_sums<T, shapes.extents[0], shapes.extents[1]>(scale), false), ...);
  };
  check(shape<1, 1>{}, shape<2, 8>{}, shape<3, 10>{}, shape<4, 16>{}, shape<5, 130>{}, shape<8, 2>{}, shape<16, 32>{}, shape<33, 7>{},
        shape<64, 64>{}, shape<70, 10>{});
}

#if defined(__SSE2__)
/// Whether f let the processor see a denormal operand.
template <class F>
bool meets_denormals(F f) {
  _mm_setcsr(_mm_getcsr() & ~0x3fu);
  f();
  return (_mm_getcsr() & 0x02u) != 0;
}

TEST_CASE("no denormal operand reaches the arithmetic") {
  volatile float tiny = denormal, one = 1, sink = 0;
  REQUIRE(meets_denormals([&] { sink = tiny * one; })); // the flag works

  static net_t net = some_net();
  static net_t grad{};
  static auto xs = samples(33);
  for (auto& x : xs) x.fill(denormal);
  static std::vector<net_t::output_type> ys(33);
  CHECK_FALSE(meets_denormals([] { net(xs[0], ys[0]); }));
  CHECK_FALSE(meets_denormals([] { net(xs, ys); }));
  for (auto& y : ys) y.fill(denormal);
  CHECK_FALSE(meets_denormals([] { inlay::backpropagate(net, xs[0], ys[0], inlay::mean_squared_error{}, grad); }));
  CHECK_FALSE(meets_denormals([] { inlay::backpropagate(net, xs, ys, inlay::mean_squared_error{}, grad); }));
  CHECK_FALSE(meets_denormals([] { xs[0] = inlay::input_gradient(net, xs[0], ys[0], inlay::huber{}); }));

  static inlay::sgd<net_t> sgd{{.momentum = 0.9f}};
  static inlay::adam<net_t> adam{};
  static inlay::rmsprop<net_t> rmsprop{};
  for (net_t* moments : {&grad, &sgd.momentum, &adam.mean, &adam.mean_square, &rmsprop.mean_square})
    for (float& m : moments->theta()) m = denormal;
  sgd.first = false;
  CHECK_FALSE(meets_denormals([] { sgd.step(net, grad); }));
  CHECK_FALSE(meets_denormals([] { adam.step(net, grad); }));
  CHECK_FALSE(meets_denormals([] { rmsprop.step(net, grad); }));

  const auto mode = _mm_getcsr();
  net(xs, ys);
  CHECK((_mm_getcsr() & 0x8040u) == (mode & 0x8040u)); // the thread's mode is as it was
}

/// Whether the net, called for one sample, let the processor see a denormal of its input.
template <class... Layers>
bool meets_denormals_of_input() {
  using any_net = inlay::network<inlay::input<2, 9>, Layers...>;
  static any_net any{};
  inlay::initialize(any, 1);
  static typename any_net::input_type x;
  static typename any_net::output_type y;
  x.fill(denormal);
  return meets_denormals([] { any(x, y); });
}

TEST_CASE("no denormal operand reaches the arithmetic, whichever layer is the first") {
  using namespace inlay;
  CHECK_FALSE(meets_denormals_of_input<dense<3>>());
  CHECK_FALSE(meets_denormals_of_input<conv1d<3, 2>>());
  CHECK_FALSE(meets_denormals_of_input<residual<activation<relu>>>());
  CHECK_FALSE(meets_denormals_of_input<parallel<add, branch<>, branch<activation<relu>>>>());
  CHECK_FALSE(meets_denormals_of_input<parallel<multiply, branch<>, branch<>>>());
  CHECK_FALSE(meets_denormals_of_input<parallel<concat, branch<>, branch<conv1d<3, 1>>>, dense<2>>());
  CHECK_FALSE(meets_denormals_of_input<narrow<0, 1>, activation<relu>>());
  CHECK_FALSE(meets_denormals_of_input<glu>());
  CHECK_FALSE(meets_denormals_of_input<heads<branch<>, branch<dense<2>>>>());
  CHECK_FALSE(meets_denormals_of_input<activation<inlay::tanh>>());
  CHECK_FALSE(meets_denormals_of_input<inlay::transpose, conv1d<3, 2>>());
  CHECK_FALSE(meets_denormals_of_input<activation<softmax>>());
  CHECK_FALSE(meets_denormals_of_input<expect<shape<2, 9>>, activation<identity>, dense<2>>());
}

TEST_CASE("a denormal parameter becomes zero where it is set") {
  net_t net{};
  std::array<float, net_t::parameter_count> parameters{};
  parameters.fill(denormal);
  inlay::set_parameters(net, parameters);
  CHECK(net == net_t{});
  std::array<float, 9 * 37> w{};
  w.fill(-denormal);
  net.layer<1>().assign(w, std::array<float, 37>{});
  CHECK(net == net_t{});
}
#endif

} // namespace

TEST_CASE("a denormal among the inputs of a sequence counts as zero, as of any net") {
  using net_t = inlay::network<inlay::sequence<4, 2>, inlay::dense<3>, inlay::last_step>;
  net_t net{};
  std::array<float, net_t::parameter_count> parameters{};
  for (std::size_t k = 0; k < 6; ++k)
    parameters[k] = 0.5f;
  inlay::set_parameters(net, parameters);
  net_t::input_type x;
  x.fill(1e-40f);
  CHECK(net(x) == net_t::output_type{});
}
