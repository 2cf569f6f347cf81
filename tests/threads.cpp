// fit() on several threads is the same for every number of them, bit for bit, and that of one but for the order of sums.
#include "catch.hpp"

#include "laws/network.hpp"
#include "laws/sanitized.hpp"

#include <inlay/inlay.hpp>
#include <inlay/threads.hpp>

#include <memory>
#include <vector>

using namespace inlay;

namespace {

using dense_t = network<input<7>, dense<19, inlay::tanh>, dense<3>>;
using drawn = network<input<2, 9>, conv1d<4, 3, relu>, batch_norm<>, dropout<std::ratio<1, 4>>, dense<3>>;
using steps = network<sequence<5, 2>, gru<6>, last_step, dense<3>>;
using large = network<input<40>, dense<600, elu>, dense<400, inlay::tanh>, dense<3>>; // wants a workspace, and enough work for threads

template <class Net>
struct samples_of {
  std::vector<typename Net::input_type> xs;
  std::vector<std::size_t> targets;
  explicit samples_of(std::size_t count) {
    for (std::size_t s = 0; s < count; ++s) {
      xs.push_back(laws::noise_array<float, Net::inputs>(s + 1));
      targets.push_back(s % 3);
    }
  }
};

template <class Net>
struct fitted {
  Net net{};
  adam<Net> optimizer{};
  history<float> losses;
};

template <class Net, class... Threads>
std::unique_ptr<fitted<Net>> fit_with(const samples_of<Net>& of, const fit_options& options, const Threads&... on) {
  auto result = std::make_unique<fitted<Net>>();
  initialize(result->net, 1);
  result->losses = fit(on..., result->net, result->optimizer, cross_entropy{}, of.xs, of.targets, options);
  return result;
}

} // namespace

TEMPLATE_TEST_CASE("every number of threads gives the same", "", dense_t, drawn, steps, large) {
  if (laws::sanitized && std::is_same_v<TestType, large>) return; // minutes
  const samples_of<TestType> of(700);
  const std::size_t batch_size = GENERATE(33u, 200u, 700u);
  if (laws::sanitized && batch_size != 200) return;
  const fit_options options{.epochs = 2, .batch_size = batch_size, .seed = 3, .learning_rate = [](std::size_t step) { return 1e-3 / static_cast<double>(step + 1); }, .clip_gradient_norm = 1};
  const auto one = fit_with(of, options, threads(1));
  CHECK(!(one->net == TestType{}));
  for (const std::size_t count : {2u, 3u, 5u, 8u}) {
    INFO(count << " threads");
    const auto several = fit_with(of, options, threads(count));
    CHECK(several->net == one->net);
    CHECK(several->optimizer.mean.theta()[0] == one->optimizer.mean.theta()[0]);
    CHECK(std::equal(several->losses.begin(), several->losses.end(), one->losses.begin(), one->losses.end()));
  }
}

TEST_CASE("batches of one share are those of fit without threads, larger ones but for rounding") {
  const samples_of<dense_t> of(300);
  const auto apart = [&](std::size_t batch_size) {
    const fit_options options{.epochs = 2, .batch_size = batch_size, .seed = 3};
    const auto plain = fit_with(of, options), several = fit_with(of, options, threads(2));
    float most = 0;
    for (std::size_t k = 0; k < dense_t::topology::storage; ++k) most = std::max(most, std::abs(plain->net.theta()[k] - several->net.theta()[k]));
    return most;
  };
  CHECK(apart(32) == 0);
  CHECK(apart(127) == 0);
  CHECK(apart(300) < 1e-4f);
}

TEST_CASE("a callback may stop threads, validation data is measured, and there may be nothing to learn from") {
  const samples_of<dense_t> of(256), held_out(40);
  fitted<dense_t> result;
  initialize(result.net, 1);
  std::size_t calls = 0;
  const auto losses = fit(threads(2), result.net, result.optimizer, cross_entropy{}, of.xs, of.targets, held_out.xs, held_out.targets,
                          {.epochs = 9, .batch_size = 256, .on_epoch = [&](std::size_t, double, double) { return stop_training{++calls == 2}; }});
  CHECK(losses.size() == 2);
  CHECK(losses.validation.size() == 2);
  const samples_of<dense_t> nothing(0);
  CHECK(fit(threads(3), result.net, result.optimizer, cross_entropy{}, nothing.xs, nothing.targets)[0] == 0);
  CHECK(threads().count >= 1);
  CHECK(threads(0).count == 1);
}

TEST_CASE("what a callback throws ends the threads and comes out") {
  const samples_of<dense_t> of(256);
  fitted<dense_t> result;
  initialize(result.net, 1);
  CHECK_THROWS_AS(fit(threads(2), result.net, result.optimizer, cross_entropy{}, of.xs, of.targets,
                      {.batch_size = 256, .on_epoch = [](std::size_t, double) { throw 1; }}),
                  int);
}

TEST_CASE("the gradient of millions of samples does not drift") {
  using one = network<input<1>, dense<1>>;
  const std::vector<one::input_type> xs(3'000'000, {0.1f});
  const std::vector<one::output_type> targets(xs.size(), {0});
  one net{};
  net.layer<1>().weight(0, 0) = 1;
  sgd<one> optimizer{{.learning_rate = 1}};
  fit(threads(2), net, optimizer, mean_squared_error{}, xs, targets, {.batch_size = xs.size()});
  CHECK(1 - net.layer<1>().weight(0, 0) == Approx(0.02).epsilon(1e-4)); // alone, sample after sample in one float: 1.2 % more
}
