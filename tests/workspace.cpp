#include "catch.hpp"

#include "laws/sanitized.hpp"

#include <inlay/inlay.hpp>

#include <memory>
#include <vector>

namespace {

// Batches of the first fit the stack's budget, those of the second do not, and steps of up to 32 are in its gradient; the
// third has layers that take some of the stack themselves, the fourth a gradient that is too small.
using narrow = inlay::network<inlay::input<5>, inlay::dense<7, inlay::tanh>, inlay::dense<3>>;
using wide = inlay::network<inlay::input<48>, inlay::dense<512, inlay::elu>, inlay::dense<256, inlay::elu>,
                            inlay::dense<128, inlay::elu>, inlay::dense<3>>;
using convolution = inlay::network<inlay::input<1, 40>, inlay::conv1d<8, 5, inlay::relu>, inlay::conv1d<16, 3, inlay::tanh, 2>,
                                   inlay::dense<3>>;
using large_outputs = inlay::network<inlay::input<2>, inlay::dense<900, inlay::sigmoid>, inlay::activation<inlay::tanh>,
                                     inlay::activation<inlay::gelu>, inlay::dense<3>>;
// Samples of a batch that have statistics in common, more than their layers have room for within the budget.
using normed = inlay::network<inlay::input<1, 40>, inlay::conv1d<8, 5>, inlay::batch_norm<>, inlay::activation<inlay::relu>,
                              inlay::residual<inlay::conv1d<8, 3, inlay::identity, inlay::conv_options{.padding = inlay::same}>, inlay::batch_norm<>>,
                              inlay::dense<3>>;
} // namespace
template <>
inline constexpr std::size_t inlay::stack_budget<normed> = 32 * 1024;
namespace {

template <class Net>
struct scene {
  Net net{}, grad{};
  inlay::adam<Net> optimizer{};
};

TEMPLATE_TEST_CASE("batches in a workspace are as those without", "", narrow, wide, convolution, large_outputs, normed) {
  using net_t = TestType;
  const auto place = std::make_unique<inlay::workspace<net_t>>();
  const auto with = std::make_unique<scene<net_t>>(), without = std::make_unique<scene<net_t>>();
  inlay::initialize(with->net, 3);
  without->net = with->net;
  const inlay::huber loss{};
  const std::size_t count = GENERATE(0u, 1u, 7u, 32u, 33u, 70u);
  if (laws::sanitized && count != 33) return; // there, whole chunks and a part of one
  std::vector<typename net_t::input_type> xs(count);
  std::vector<typename net_t::output_type> ys(count, {0.5f, -1, 2}), out(count), out_with(count);
  float number = -1;
  for (auto& x : xs)
    for (float& x_i : x) x_i = number = number > 1 ? -1.03f : number + 0.17f;

  without->net(xs, out);
  with->net(xs, out_with, *place);
  float worst = 0; // rounding, where one takes samples one by one
  for (std::size_t s = 0; s < count; ++s)
    for (std::size_t i = 0; i < 3; ++i) worst = std::max(worst, std::abs(out[s][i] - out_with[s][i]));
  CHECK(worst < 1e-6f);
  CHECK(inlay::evaluate(with->net, loss, xs, ys, *place) == Approx(inlay::evaluate(without->net, loss, xs, ys)));
  CHECK(inlay::backpropagate(with->net, xs, ys, loss, with->grad, *place) ==
        Approx(inlay::backpropagate(without->net, xs, ys, loss, without->grad)));
  const auto alike = [](const net_t& a, const net_t& b) {
    float most = 0;
    for (std::size_t k = 0; k < a.theta().size(); ++k) most = std::max(most, std::abs(a.theta()[k] - b.theta()[k]));
    return most;
  };
  CHECK(alike(with->grad, without->grad) < 1e-5f);
  for (const inlay::step_options& options : {inlay::step_options{}, inlay::step_options{.clip_gradient_norm = 0.1, .freeze = {1}}}) {
    CHECK(inlay::train_step(with->net, with->optimizer, loss, xs, ys, with->grad, *place, options) ==
          Approx(inlay::train_step(without->net, without->optimizer, loss, xs, ys, without->grad, options)));
    CHECK(alike(with->net, without->net) < 2.5e-3f); // twice the learning rate, where a gradient is all but zero
  }
  CHECK(inlay::train_step(with->net, with->optimizer, loss, xs, ys, with->grad, *place) ==
        Approx(inlay::train_step(without->net, without->optimizer, loss, xs, ys, without->grad)).epsilon(1e-3));
}

TEST_CASE("a net of which steps were made in its gradient is a gradient again") {
  const auto both = std::make_unique<scene<wide>>();
  inlay::initialize(both->net, 3);
  const std::vector<wide::input_type> xs(20);
  const std::vector<wide::output_type> ys(20);
  inlay::train_step(both->net, both->optimizer, inlay::huber{}, xs, ys, both->grad);
  inlay::zero_gradient(both->grad);
  CHECK(both->grad == *std::make_unique<wide>());
}

// A small budget leaves a workspace all its rows, where fewer would need no less of the stack.
using tight = inlay::network<inlay::input<48>, inlay::dense<512, inlay::elu>, inlay::dense<3>>;
} // namespace
template <>
inline constexpr std::size_t inlay::stack_budget<tight> = 16 * 1024;
namespace {
static_assert(sizeof(inlay::workspace<tight>) > std::size_t{4} * 32 * 512);
static_assert(inlay::stack_bytes<tight>(inlay::call::batch_inference) <= 16 * 1024);

static_assert(sizeof(inlay::workspace<wide>) > inlay::stack_budget<wide>);
static_assert(inlay::stack_bytes<wide>(inlay::call::in_workspace) < 32 * 1024);
static_assert(inlay::stack_bytes<wide>(inlay::call::batch_training) <= inlay::stack_budget<wide>);
static_assert(inlay::stack_bytes<wide>(inlay::call::batch_training, 32) > inlay::stack_budget<wide>);
static_assert(inlay::stack_bytes<wide>(inlay::call::fit) == inlay::stack_bytes<wide>(inlay::call::in_workspace));
static_assert(inlay::stack_bytes<normed>(inlay::call::batch_training) > inlay::stack_budget<normed>);
static_assert(inlay::stack_bytes<normed>(inlay::call::fit) == inlay::stack_bytes<normed>(inlay::call::in_workspace));
static_assert(inlay::stack_bytes<narrow>(inlay::call::fit) == inlay::stack_bytes<narrow>(inlay::call::batch_training));

} // namespace
