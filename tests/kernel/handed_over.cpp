#include "catch.hpp"

#include "inlay/inlay.hpp"

#include <algorithm>
#include <cmath>

// Many narrow nets in one program, each called from several places: what g++ inlines where there is one net, it makes
// functions of here, and g++ before 12.4 takes two for the same that differ only in what it found out about the range of an
// argument (GCC's bug 113907). Then 4-16-16-2 multiplied its first eight values twice and was 0.2 off.

namespace {

using namespace inlay;

template <class Net>
[[gnu::noinline]] typename Net::output_type one(const Net& net, const typename Net::input_type& x) {
  return net(x);
}
template <class Net>
[[gnu::noinline]] typename Net::output_type waiting(const Net& net, typename Net::input_type x, int calls) {
  for (int i = 0; i < calls; ++i) x[0] = net(x)[0];
  return net(x);
}

/// How far one sample's outputs are from the same sample's in a batch, at most.
template <std::size_t In, std::size_t... Out>
double distance() {
  using net_t = network<input<In>, dense<Out, relu>..., dense<2>>;
  static net_t net{};
  initialize(net, 1);
  std::array<typename net_t::input_type, 3> xs;
  for (std::size_t i = 0; i < In; ++i) xs[0][i] = xs[1][i] = xs[2][i] = std::sin(static_cast<float>(i) + 0.3f);
  std::array<typename net_t::output_type, 3> ys{};
  net(xs, ys);
  double most = 0;
  for (const auto& y : {one(net, xs[0]), waiting(net, xs[0], 0)})
    for (std::size_t o = 0; o < y.size(); ++o) most = std::max<double>(most, std::abs(y[o] - ys[1][o]));

  static adam<net_t> optimizer{{.learning_rate = 0}};
  train_step(net, optimizer, mean_squared_error{}, xs[0], ys[0]);
  return most;
}

} // namespace

TEST_CASE("narrow layers hand all of their outputs over in a program of many nets") {
  CHECK(distance<1, 8, 8>() < 1e-5);
  CHECK(distance<4, 16, 16>() < 1e-5);
  CHECK(distance<16, 32, 32>() < 1e-5);
  CHECK(distance<8, 8>() < 1e-5);
  CHECK(distance<16, 32>() < 1e-5);
  CHECK(distance<8, 48, 48>() < 1e-5);
  CHECK(distance<2, 32, 32, 32>() < 1e-5);
  CHECK(distance<12, 24, 12>() < 1e-5);
}
