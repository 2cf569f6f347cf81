// instructions CALL NUMBER: one call of CALL with NUMBER as every input, and in the optimizer's moments. check.cmake counts the
// instructions of measured_CALL under callgrind.
#include "nothing_hidden/streams.hpp"

#include <cstdlib>
#include <cstring>

using net_t = inlay::network<inlay::input<9>, inlay::dense<33, inlay::tanh>, inlay::dense<16, inlay::gelu>, inlay::dense<9, inlay::elu>,
                             inlay::residual<inlay::dense<9, inlay::softplus>>, inlay::dense<20, inlay::mish>,
                             inlay::dense<17, inlay::silu>, inlay::dense<64, inlay::relu>, inlay::dense<7, inlay::softmax>>;

using classifier = inlay::network<inlay::input<4, 3>, inlay::group_norm<2>, inlay::dense<5>>;

namespace {

net_t net{}, grad{};
inlay::adam<net_t> adam{};
inlay::rmsprop<net_t> rmsprop{{.momentum = 0.9f}};
net_t::input_type x{};
std::array<net_t::input_type, 33> xs{};
std::array<net_t::output_type, 33> ys{};
classifier of_classes{}, grad_of_classes{};
classifier::input_type seen{};
streams::subject<streams::recurrent> recurrent;
streams::subject<streams::convolutional> convolutional;
streams::subject<streams::attentive> attentive;

} // namespace

extern "C" {
[[gnu::noinline]] void measured_inference() { net(x, ys[0]); }
[[gnu::noinline]] void measured_batch() { net(xs, ys); }
[[gnu::noinline]] void measured_gradient() { inlay::backpropagate(net, x, std::size_t{3}, inlay::negative_log_likelihood{}, grad); }
[[gnu::noinline]] void measured_training() { inlay::train_step(net, adam, inlay::negative_log_likelihood{}, x, std::size_t{3}); }
[[gnu::noinline]] void measured_update() { rmsprop.step(net, grad); }
[[gnu::noinline]] void measured_classes() {
  inlay::backpropagate(of_classes, seen, std::size_t{3}, inlay::cross_entropy{}, grad_of_classes);
}
[[gnu::noinline]] void measured_recurrent_stream() { recurrent.steps(); }
[[gnu::noinline]] void measured_convolutional_stream() { convolutional.steps(); }
[[gnu::noinline]] void measured_attentive_stream() { attentive.steps(); }
[[gnu::noinline]] void measured_planted() { // what the check must find
  for (int i = 0; i < 9; ++i)
    if (x[0] > 0) asm volatile("nop");
}
}

int main(int argc, char** argv) {
  inlay::initialize(net, 1);
  inlay::initialize(of_classes, 1);
  const net_t fresh = net;
  for (int i = 2; i < argc; ++i) {
    x.fill(std::strtof(argv[i], nullptr));
    xs.fill(x);
    seen.fill(x[0]);
    for (auto& step : recurrent.xs) step.fill(x[0]);
    for (auto& step : convolutional.xs) step.fill(x[0]);
    for (auto& step : attentive.xs) step.fill(x[0]);
    net = fresh;
    for (auto* moment : {&adam.mean, &adam.mean_square, &rmsprop.mean_square, &rmsprop.momentum, &grad})
      inlay::set_parameters(*moment, std::array<float, net_t::parameter_count>{});
    for (auto* moment : {&adam.mean, &rmsprop.momentum, &grad}) // the state that the number has decayed or grown to
      for (float& m : moment->theta()) m = x[0];
    const auto is = [&](const char* call) { return std::strcmp(argv[1], call) == 0; };
    if (is("inference")) measured_inference();
    if (is("batch")) measured_batch();
    if (is("gradient")) measured_gradient();
    if (is("training")) measured_training();
    if (is("update")) measured_update();
    if (is("classes")) measured_classes();
    if (is("recurrent_stream")) measured_recurrent_stream();
    if (is("convolutional_stream")) measured_convolutional_stream();
    if (is("attentive_stream")) measured_attentive_stream();
    if (is("planted")) measured_planted();
  }
}
