// Training: a loss, an optimizer, fit. Exclusive or is the smallest task that needs a hidden layer.
#include <inlay/inlay.hpp>

#include <array>
#include <cstdio>

using net_t = inlay::network<inlay::input<2>, inlay::dense<8, inlay::tanh>, inlay::dense<1>>;

int main() {
  const std::array<net_t::input_type, 4> xs{{{0, 0}, {0, 1}, {1, 0}, {1, 1}}};
  const std::array<net_t::output_type, 4> targets{{{0}, {1}, {1}, {0}}};

  net_t net{};
  inlay::initialize(net, 1);
  inlay::adam<net_t> optimizer{{.learning_rate = 0.05f}};
  const auto history = inlay::fit(net, optimizer, inlay::binary_cross_entropy{}, xs, targets,
                                  {.epochs = 200, .batch_size = 4});
  std::printf("loss %.3f -> %.6f\n", history.front(), history.back());

  int wrong = 0;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    const float logit = net(xs[i])[0]; // binary_cross_entropy takes logits: above 0 means "more likely 1"
    std::printf("%g xor %g: %s\n", xs[i][0], xs[i][1], logit > 0 ? "1" : "0");
    wrong += (logit > 0) != (targets[i][0] == 1);
  }
  return wrong;
}
