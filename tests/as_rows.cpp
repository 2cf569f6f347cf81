#include "last_words.hpp"

#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <vector>

#if __has_include(<eigen3/Eigen/Core>)
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized" // g++ 12 on its own AVX-512 header
#endif
#include <eigen3/Eigen/Core>
#define WITH_EIGEN
#endif

namespace {

using net_t = inlay::network<inlay::input<3>, inlay::dense<8, inlay::tanh>, inlay::dense<2>>;

std::vector<float> numbers(std::size_t n) {
  std::vector<float> all(n);
  for (std::size_t i = 0; i < n; ++i) all[i] = static_cast<float>(i % 7) / 7;
  return all;
}

net_t initialized() {
  net_t net{};
  inlay::initialize(net, 1);
  return net;
}

const std::vector<float> flat = numbers(40 * 3), flat_targets = numbers(40 * 2);

/// The same as arrays, the long way.
template <std::size_t N>
std::vector<std::array<float, N>> copied(const std::vector<float>& from) {
  std::vector<std::array<float, N>> rows(from.size() / N);
  for (std::size_t i = 0; i < from.size(); ++i) rows[i / N][i % N] = from[i];
  return rows;
}

} // namespace

TEST_CASE("rows of a long array are what batches, training and evaluation take", "[as_rows]") {
  const auto xs = copied<3>(flat);
  const auto targets = copied<2>(flat_targets);
  const std::span<const float> memory(flat), target_memory(flat_targets);
  const auto rows = inlay::as_rows<net_t::inputs>(memory);
  const auto target_rows = inlay::as_rows<net_t::outputs>(target_memory);
  STATIC_REQUIRE(std::is_same_v<decltype(rows), const std::span<const net_t::input_type>>);
  REQUIRE(rows.size() == 40);
  CHECK(rows.data() == static_cast<const void*>(flat.data())); // no copy
  for (std::size_t s = 0; s < 40; ++s) CHECK(rows[s] == xs[s]);

  const net_t net = initialized();
  std::vector<float> ys(40 * 2);
  net(rows, inlay::as_rows<net_t::outputs>(ys)); // writable, as ys is
  std::vector<net_t::output_type> wanted(40);
  net(xs, wanted);
  CHECK(copied<2>(ys) == wanted);

  const auto loss = inlay::mean_squared_error{};
  net_t grad{}, wanted_grad{};
  CHECK(inlay::backpropagate(net, rows, target_rows, loss, grad) == inlay::backpropagate(net, xs, targets, loss, wanted_grad));
  CHECK(grad == wanted_grad);
  CHECK(inlay::evaluate(net, loss, rows, target_rows) == inlay::evaluate(net, loss, xs, targets));

  net_t trained = net, wanted_trained = net;
  inlay::adam<net_t> optimizer{}, wanted_optimizer{};
  inlay::train_step(trained, optimizer, loss, rows, target_rows, grad);
  inlay::train_step(wanted_trained, wanted_optimizer, loss, xs, targets, grad);
  const auto history = inlay::fit(trained, optimizer, loss, rows, target_rows, rows, target_rows, {.epochs = 2});
  CHECK(history == inlay::fit(wanted_trained, wanted_optimizer, loss, xs, targets, xs, targets, {.epochs = 2}));
  CHECK(trained == wanted_trained);
}

TEST_CASE("numbers that are no whole rows end with a line", "[as_rows]") {
  CHECK(last_words([] { inlay::as_rows<7>(flat); }) == "inlay: as_rows: wanted a number of numbers that is a multiple of 7; found 120\n");
  CHECK(inlay::as_rows<7>(std::span<const float>{}).empty());
}

#ifdef WITH_EIGEN
TEST_CASE("rows of an Eigen matrix are its samples", "[as_rows]") {
  using row_major = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto xs = copied<3>(flat);
  row_major by_rows(40, 3);
  Eigen::MatrixXf by_columns(3, 40);
  Eigen::Matrix<float, 40, 3, Eigen::RowMajor> fixed;
  for (Eigen::Index s = 0; s < 40; ++s)
    for (Eigen::Index i = 0; i < 3; ++i)
      by_rows(s, i) = by_columns(i, s) = fixed(s, i) = xs[static_cast<std::size_t>(s)][static_cast<std::size_t>(i)];
  const auto same = [&](auto rows) { return std::equal(rows.begin(), rows.end(), xs.begin(), xs.end()); };
  CHECK(same(inlay::as_rows<3>(by_rows)));
  CHECK(same(inlay::as_rows<3>(by_columns)));
  CHECK(same(inlay::as_rows<3>(std::as_const(fixed))));
  const Eigen::Map<const row_major> map(flat.data(), 40, 3);
  CHECK(same(inlay::as_rows<3>(map)));
  CHECK(same(inlay::as_rows<3>(Eigen::Map<const row_major>(flat.data(), 40, 3)))); // a temporary, of numbers that are not
  CHECK(same(inlay::as_rows<3>(by_rows.topRows(40))));
  const Eigen::VectorXf vector = Eigen::Map<const Eigen::VectorXf>(flat.data(), 120);
  CHECK(same(inlay::as_rows<3>(vector)));

  // What would be read crosswise or with gaps.
  const Eigen::MatrixXf crosswise(by_rows);
  CHECK(last_words([&] { inlay::as_rows<3>(crosswise); }) ==
        "inlay: as_rows: wanted samples that lie one after the other, of length 3; found 40\n");
  row_major wide(40, 5);
  const auto part = wide.leftCols(3);
  CHECK(last_words([&] { inlay::as_rows<3>(part); }) ==
        "inlay: as_rows: wanted a matrix without gaps in memory; found one with strides\n");
}
#endif
