// fit() on samples that come one after the other: the same as on those in memory, and nothing lost where the reader fails.
#include "catch.hpp"

#include "laws/network.hpp"

#include <inlay/inlay.hpp>
#include <inlay/threads.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

using namespace inlay;

namespace {

using plain = network<input<7>, dense<9, inlay::tanh>, dense<3>>;
using remembers = network<sequence<4, 3>, gru<5>, last_step, dense<3>>;

template <class Net>
typename Net::input_type sample(std::size_t s) {
  return laws::noise_array<float, Net::inputs>(s + 1);
}

/// So many samples, one by one; it fails at one of them.
template <class Net>
struct counting {
  using target_type = std::size_t;
  std::size_t count, fails_in_epoch = 99, fails_at = 0, at = 0, epoch = 0;
  std::vector<std::size_t> epochs{}, asked{};

  void begin(std::size_t next) {
    epochs.push_back(epoch = next);
    at = 0;
  }
  std::size_t read(std::span<typename Net::input_type> xs, std::span<std::size_t> targets) {
    asked.push_back(xs.size());
    std::size_t k = 0;
    for (; k < xs.size() && at < count; ++k, ++at) {
      if (epoch == fails_in_epoch && at == fails_at) throw std::runtime_error("sample " + std::to_string(at));
      xs[k] = sample<Net>(at);
      targets[k] = at % 3;
    }
    return k;
  }
};
static_assert(sample_reader<counting<plain>, plain, cross_entropy>);
static_assert(!sample_reader<counting<plain>, plain, mean_squared_error>); // which takes no class
static_assert(!sample_reader<std::vector<plain::input_type>, plain, cross_entropy>);

/// Samples in memory, in order, by steps of the program's own.
template <class Net>
void learn(Net& net, auto& optimizer, std::size_t count, std::size_t epochs, std::size_t batch_size) {
  Net grad{};
  for (std::size_t epoch = 0; epoch < epochs; ++epoch)
    for (std::size_t first = 0; first < count; first += batch_size) {
      std::vector<typename Net::input_type> xs;
      std::vector<std::size_t> ys;
      for (std::size_t s = first; s < count && s < first + batch_size; ++s) {
        xs.push_back(sample<Net>(s));
        ys.push_back(s % 3);
      }
      train_step(net, optimizer, cross_entropy{}, xs, ys, grad);
    }
}

template <class Net>
struct trained {
  Net net{};
  adam<Net> optimizer{};
  trained() { initialize(net, 1); }
};

} // namespace

TEMPLATE_TEST_CASE("a reader's samples are learned in their order", "", plain, remembers) {
  for (const std::size_t count : {0u, 1u, 31u, 32u, 33u, 64u, 100u}) {
    INFO(count << " samples");
    trained<TestType> wanted, found, ahead;
    learn(wanted.net, wanted.optimizer, count, 3, 32);
    counting<TestType> reader{count}, other{count};
    const auto losses = fit(found.net, found.optimizer, cross_entropy{}, reader, {.epochs = 3});
    CHECK(found.net == wanted.net);
    CHECK(reader.epochs == std::vector<std::size_t>{0, 1, 2});
    CHECK(fit(threads(2), ahead.net, ahead.optimizer, cross_entropy{}, other, {.epochs = 3}) == losses);
    CHECK(ahead.net == wanted.net);
    CHECK(other.epochs == reader.epochs);
    CHECK(other.asked == reader.asked);
    CHECK((losses[2] == 0) == (count == 0));
  }
}

TEST_CASE("a reader's large batches are shared out among threads, and held-out samples are measured") {
  const std::vector<plain::input_type> vx{sample<plain>(1000), sample<plain>(1001)};
  const std::vector<std::size_t> vy{1, 2};
  trained<plain> one, several;
  const fit_options options{.epochs = 2, .batch_size = 300, .keep_best = true};
  const auto losses = fit(threads(1), one.net, one.optimizer, cross_entropy{}, counting<plain>{700}, vx, vy, options);
  CHECK(losses.validation.size() == 2);
  CHECK(fit(threads(3), several.net, several.optimizer, cross_entropy{}, counting<plain>{700}, vx, vy, options) == losses);
  CHECK(several.net == one.net);
  trained<plain> alone;
  CHECK(fit(alone.net, alone.optimizer, cross_entropy{}, counting<plain>{700}, vx, vy, options).validation.size() == 2);
}

TEST_CASE("a reader that fails leaves the net of the last whole epoch") {
  const auto fails = [](std::size_t epoch, std::size_t at, const auto&... on) {
    trained<plain> wanted, found;
    learn(wanted.net, wanted.optimizer, 100, epoch, 32);
    CHECK_THROWS_WITH(fit(on..., found.net, found.optimizer, cross_entropy{}, counting<plain>{100, epoch, at}, {.epochs = 4}),
                      "sample " + std::to_string(at));
    CHECK(found.net == wanted.net);
    CHECK(found.optimizer.mean == wanted.optimizer.mean);
    learn(wanted.net, wanted.optimizer, 100, 1, 32); // and both go on alike
    learn(found.net, found.optimizer, 100, 1, 32);
    CHECK(found.net == wanted.net);
  };
  for (const std::size_t epoch : {0u, 1u, 3u})
    for (const std::size_t at : {0u, 31u, 32u, 50u, 99u}) {
      INFO("epoch " << epoch << ", sample " << at);
      fails(epoch, at);
      fails(epoch, at, threads(2));
    }
}

TEST_CASE("what a callback throws while a batch is read ahead comes out") {
  trained<plain> found;
  const auto learn_and_throw = [&] {
    fit(threads(2), found.net, found.optimizer, cross_entropy{}, counting<plain>{100},
        {.epochs = 4, .learning_rate = [](std::size_t step) { return step == 5 ? throw 1 : 1e-3; }});
  };
  CHECK_THROWS_AS(learn_and_throw(), int);
}
