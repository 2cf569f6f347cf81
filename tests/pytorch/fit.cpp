#include "agreement.hpp"

#include <inlay/inlay.hpp>

namespace {

constexpr pytorch::quantity expected[] = {
#include "expected/fit.inc"
};

/// Full batches, so that the order of the samples does not matter: five epochs are five steps.
template <class Net, class Optimizer>
void five_epochs(const std::string& name, Optimizer optimizer) {
  using T = typename Net::scalar;
  using input_type = typename Net::input_type;
  using output_type = typename Net::output_type;
  const auto xs = pytorch::samples<input_type>("fit inputs", 24);
  const auto targets = pytorch::samples<output_type>("fit targets", 24);
  const auto parameters = pytorch::numbers<T>("fit parameters", Net::parameter_count, 0.5);
  Net net{};
  inlay::set_parameters(net, std::span<const T, Net::parameter_count>{parameters});

  const auto losses =
      inlay::fit(net, optimizer, inlay::mean_squared_error{}, std::span<const input_type>{xs},
                 std::span<const output_type>{targets}, {.epochs = 5, .batch_size = 24, .seed = 1});

  std::vector<T> history;
  for (const auto loss : losses)
    history.push_back(static_cast<T>(loss));
  pytorch::check<T>(history, expected, name + " history");
  pytorch::check<T>(inlay::get_parameters(net), expected, name + " parameters");
}

} // namespace

TEMPLATE_TEST_CASE("fit agrees with a PyTorch training loop", "[pytorch]", float, double) {
  using T = TestType;
  using net_t = inlay::basic_network<T, inlay::input<4>, inlay::dense<16, inlay::tanh>, inlay::dense<3>>;
  five_epochs<net_t>("sgd", inlay::sgd<net_t>{});
  five_epochs<net_t>("sgd nesterov",
                     inlay::sgd<net_t>{{.learning_rate = T(0.125), .momentum = T(0.9), .nesterov = true}});
  five_epochs<net_t>("adam", inlay::adam<net_t>{});
  five_epochs<net_t>("adamw", inlay::adamw<net_t>{});
  five_epochs<net_t>("rmsprop", inlay::rmsprop<net_t>{});
}
