#include "sequence.hpp"

namespace {

using namespace inlay;

/// Of Adam, on all samples at once.
template <class Net>
void five_steps(const std::string& name) {
  using T = typename Net::scalar;
  const auto xs = pytorch::samples<typename Net::input_type>(name + " inputs", 5);
  auto targets = pytorch::samples<typename Net::output_type>(name + " targets", 5);
  for (auto& target : targets)
    for (T& y : target) y *= 2;
  const auto parameters = pytorch::numbers<T>(name + " parameters", Net::parameter_count, 1);
  Net net{}, grad{};
  set_parameters(net, std::span<const T, Net::parameter_count>{parameters});
  adam<Net> optimizer{{.learning_rate = T(0.0625), .epsilon = T(1) / 1024, .weight_decay = T(0.25)}};
  std::vector<T> losses;
  for (int step = 0; step < 5; ++step) losses.push_back(train_step(net, optimizer, mean_squared_error{}, xs, targets, grad));
  pytorch::check<T>(losses, pytorch::sequence_expected, name + " losses");
  pytorch::check<T>(get_parameters(net), pytorch::sequence_expected, name + " parameters after");
}

} // namespace

TEMPLATE_TEST_CASE("lstm, gru and rnn agree with PyTorch", "[pytorch]", float, double) {
  pytorch::sequence<TestType, inlay::sequence<6, 3>, lstm<17>, gru<5>, rnn<8>, dense<2>>("lstm, gru and rnn", 1);
  five_steps<basic_network<TestType, inlay::sequence<6, 2>, lstm<3>, gru<5>, dense<2>>>("recurrent steps");
}

TEMPLATE_TEST_CASE("five steps of attention agree with PyTorch", "[pytorch]", float, double) {
  five_steps<basic_network<TestType, inlay::sequence<5, 6>, residual<layer_norm<>, self_attention<2>>, dense<2>>>("attention steps");
}
