// Layers beyond dense: a convolution that finds a short wave wherever it is, and a residual block.
#include <inlay/inlay.hpp>

#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

// One channel of 64 readings -> 8 filters, 9 wide -> does the noise hide a wave? (a logit)
using net_t =
    inlay::network<inlay::input<1, 64>, inlay::conv1d<8, 9, inlay::relu>, inlay::dense<16, inlay::relu>,
                   inlay::residual<inlay::dense<16, inlay::relu>, inlay::dense<16>>, inlay::dense<1>>;

struct signals {
  std::vector<net_t::input_type> xs;
  std::vector<net_t::output_type> hidden; // 1 if there is a wave
};

signals make(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> noise(0, 0.3f);
  std::uniform_int_distribution<std::size_t> start(0, 64 - 9);
  signals made{std::vector<net_t::input_type>(count), std::vector<net_t::output_type>(count)};
  for (std::size_t i = 0; i < count; ++i) {
    for (float& reading : made.xs[i])
      reading = noise(random);
    made.hidden[i][0] = static_cast<float>(i % 2);
    const std::size_t at = start(random);
    for (std::size_t k = 0; k < 9; ++k)
      made.xs[i][at + k] += made.hidden[i][0] * std::sin(1.57f * static_cast<float>(k));
  }
  return made;
}

int main() {
  const auto training = make(8000, 1), held_out = make(2000, 2);
  static net_t net{};
  inlay::initialize(net, 1);
  static inlay::adam<net_t> optimizer{{.learning_rate = 2e-3f}};
  inlay::fit(net, optimizer, inlay::binary_cross_entropy{}, training.xs, training.hidden,
             {.epochs = 15, .batch_size = 32, .on_epoch = [](std::size_t epoch, double loss) {
                std::printf("epoch %2zu  loss %.4f\n", epoch, loss);
              }});

  std::size_t right = 0;
  for (std::size_t i = 0; i < held_out.xs.size(); ++i)
    right += (net(held_out.xs[i])[0] > 0) == (held_out.hidden[i][0] > 0.5f);
  const double accuracy = 100.0 * static_cast<double>(right) / static_cast<double>(held_out.xs.size());
  std::printf("wave or no wave, on signals never seen: %.1f %% right\n", accuracy);
  return accuracy > 95 ? 0 : 1;
}
