#include "laws/network.hpp"

#include <inlay/inlay.hpp>

#include <memory>
#include <vector>

using namespace inlay;

namespace {

constexpr std::size_t samples = 3;

/// Sequences cut into windows of a net's steps.
template <class Net>
struct windows {
  using numbers = std::vector<typename Net::scalar>;
  std::vector<numbers> x, y; // of each sample
  explicit windows(std::size_t count) {
    laws::noise<typename Net::scalar> value(5);
    for (std::size_t s = 0; s < samples; ++s) {
      x.emplace_back(count * Net::inputs), y.emplace_back(count * Net::outputs);
      for (auto& number : x.back()) number = value();
      for (auto& number : y.back()) number = value();
    }
  }
  template <class Array>
  static std::vector<Array> window(const std::vector<numbers>& of, std::size_t w) {
    std::vector<Array> all(samples);
    for (std::size_t s = 0; s < samples; ++s) std::copy_n(of[s].begin() + static_cast<long>(w * all[s].size()), all[s].size(), all[s].begin());
    return all;
  }
  auto xs(std::size_t w) const { return window<typename Net::input_type>(x, w); }
  auto ys(std::size_t w) const { return window<typename Net::output_type>(y, w); }
};

/// Two windows with the state carried are one sequence of twice the length; the gradient of the second is that of its loss, the state
/// given.
template <class Net>
laws::finding carries() {
  const auto net = std::make_unique<Net>(laws::made<Net>(1));
  const windows<Net> all(2);
  std::vector<stream<Net>> streams(samples);
  Net grad{};
  double loss = 0;
  std::vector<stream<Net>> between;
  for (std::size_t w = 0; w < 2; ++w) {
    const auto xs = all.xs(w);
    const auto ys = all.ys(w);
    between = streams;
    grad = {};
    loss += backpropagate(*net, xs, ys, mean_squared_error{}, grad, streams) / 2;
  }

  using whole = with_steps_t<Net, 2 * Net::steps>;
  const windows<whole> joined(1);
  const auto longer = with_steps<2 * Net::steps>(*net);
  const double wanted = evaluate(longer, mean_squared_error{}, joined.xs(0), joined.ys(0));
  if (!laws::near(loss, wanted, 1e-13)) return laws::say("the loss of two windows is ", loss, ", of one ", wanted, "; ");
  for (std::size_t s = 0; s < samples; ++s) {
    stream<Net> alone{};
    std::vector<typename Net::step_input_type> steps(2 * Net::steps);
    std::vector<typename Net::step_output_type> outputs(steps.size());
    for (std::size_t t = 0; t < steps.size(); ++t)
      std::copy_n(joined.x[s].begin() + static_cast<long>(t * steps[t].size()), steps[t].size(), steps[t].begin());
    alone(*net, steps, outputs);
    const auto one = alone(*net, steps[0]), other = streams[s](*net, steps[0]);
    for (std::size_t i = 0; i < one.size(); ++i)
      if (!laws::near(one[i], other[i], 1e-13)) return laws::say("stream ", s, " goes on with ", other[i], ", wanted ", one[i], "; ");
  }

  const auto xs = all.xs(1);
  const auto ys = all.ys(1);
  const auto found = get_parameters(grad);
  auto theta = get_parameters(*net);
  const auto loss_at = [&](std::size_t k, double by) {
    auto moved = theta;
    moved[k] += by;
    set_parameters(*net, moved);
    auto from = between;
    Net unused{};
    return backpropagate(*net, xs, ys, mean_squared_error{}, unused, from);
  };
  for (std::size_t k = 0; k < theta.size(); k += 3) {
    const double difference = (loss_at(k, 1e-5) - loss_at(k, -1e-5)) / 2e-5;
    if (!laws::near(found[k], difference, 1e-8)) return laws::say("gradient ", k, " is ", found[k], ", differences give ", difference, "; ");
  }
  return {};
}

template <class... Layers>
using net_of = basic_network<double, sequence<5, 2>, Layers...>;

} // namespace

TEMPLATE_TEST_CASE("windows with the state carried are one sequence", "", (net_of<lstm<3>, dense<2>>),
                   (net_of<delay<3>, gru<5>, rnn<3>, dense<1>>),
                   (net_of<conv1d<4, 3, inlay::tanh, 1, 3>, residual<conv1d<4, 2>>, residual<lstm<4>>, gated<inlay::tanh, sigmoid>>)) {
  CHECK(carries<TestType>() == "");
}

TEST_CASE("fit carries the state from batch to batch, and begins each epoch anew") {
  using net_t = basic_network<double, sequence<4, 2>, gru<3>, dense<1>>;
  const auto begin = laws::made<net_t>(2);
  const windows<net_t> all(3);
  std::vector<net_t::input_type> xs;
  std::vector<net_t::output_type> ys;
  for (std::size_t w = 0; w < 3; ++w)
    for (std::size_t s = 0; s < samples; ++s) xs.push_back(all.xs(w)[s]), ys.push_back(all.ys(w)[s]);
  auto fitted = begin, by_hand = begin;
  sgd<net_t> optimizer{{.learning_rate = 0.1}}, same{{.learning_rate = 0.1}};
  fit(fitted, optimizer, mean_squared_error{}, xs, ys, {.epochs = 2, .batch_size = samples, .carry_state = true});
  for (int epoch = 0; epoch < 2; ++epoch) {
    std::vector<stream<net_t>> streams(samples);
    for (std::size_t w = 0; w < 3; ++w) {
      net_t grad{};
      const auto x = all.xs(w);
      const auto y = all.ys(w);
      backpropagate(by_hand, x, y, mean_squared_error{}, grad, streams);
      same.step(by_hand, grad);
    }
  }
  CHECK(get_parameters(fitted) == get_parameters(by_hand));
}
