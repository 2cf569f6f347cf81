// One unit of a program: everything that inlay does, for the processor that this file is compiled for.
#include <inlay/inlay.hpp>

#include <vector>

namespace {

using net_t = inlay::network<inlay::input<2, 9>, inlay::conv1d<3, 2, inlay::tanh>, inlay::dense<20, inlay::silu>,
                             inlay::residual<inlay::dense<20, inlay::mish>>, inlay::dense<3>>;
using probabilities_t = inlay::network<inlay::input<6>, inlay::dense<40, inlay::relu>, inlay::dense<4, inlay::softmax>>;

net_t net{}, grad{};
probabilities_t classifier{};

} // namespace

extern "C" float ENTRY() {
  inlay::initialize(net, 1);
  std::vector<net_t::input_type> xs(70);
  std::vector<net_t::output_type> ys(70);
  for (std::size_t s = 0; s < xs.size(); ++s) {
    for (std::size_t i = 0; i < net_t::inputs; ++i) xs[s][i] = static_cast<float>((s * 31 + i * 7) % 19) / 19 - 0.5f;
    ys[s] = {xs[s][0], xs[s][1] * xs[s][2], 1};
  }
  float sum = net(xs[0])[0];
  net(xs, ys);
  inlay::adam<net_t> adam{};
  inlay::sgd<net_t> sgd{{.momentum = 0.9f}};
  inlay::rmsprop<net_t> rmsprop{{.momentum = 0.9f, .centered = true}};
  sum += inlay::train_step(net, adam, inlay::huber{}, xs[0], ys[0]);
  sum += inlay::train_step(net, sgd, inlay::mean_squared_error{}, xs, ys, grad);
  sum += inlay::backpropagate(net, xs, ys, inlay::mean_absolute_error{}, grad);
  rmsprop.step(net, grad);
  sum += inlay::input_gradient(net, xs[0], ys[0], inlay::binary_cross_entropy{})[0];
  sum += inlay::fit(net, adam, inlay::mean_squared_error{}, xs, ys, {.epochs = 2, .seed = 1}).back();
  auto parameters = inlay::get_parameters(net);
  inlay::set_parameters(net, parameters);
  net.layer<2>().assign(net.layer<2>().weights(), net.layer<2>().biases());
  inlay::initialize(classifier, 2);
  inlay::adamw<probabilities_t> adamw{};
  const probabilities_t::input_type x{1, 2, 3, 4, 5, 6};
  sum += inlay::train_step(classifier, adamw, inlay::negative_log_likelihood{}, x, std::size_t{3});
  sum += classifier(x)[0] + (net == grad ? 1 : 0);
  return sum;
}
