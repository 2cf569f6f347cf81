// A transformer's encoder block, written in the list: which value came with the key that the last step asks for?
#include <inlay/inlay.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>
#include <random>
#include <vector>

constexpr std::size_t kinds = 8, steps = 7; // keys, values; six pairs, then a question

// torch.nn.TransformerEncoderLayer(32, 4, 64, activation="gelu", norm_first=True, batch_first=True, dropout=0)
using net_t = inlay::network<inlay::sequence<steps, 2 * kinds>, inlay::dense<32>,
                             inlay::residual<inlay::layer_norm<>, inlay::self_attention<4>>,
                             inlay::residual<inlay::layer_norm<>, inlay::dense<64, inlay::gelu>, inlay::dense<32>>,
                             inlay::dense<kinds>>;

struct memories {
  std::vector<net_t::input_type> xs;    // each step: a key and a value, one of eight each; the last has a key alone
  std::vector<std::array<int, steps>> values;   // a class for each step; only the last one's counts
};

memories make(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::size_t> any_value(0, kinds - 1), any_step(0, steps - 2);
  std::array<std::size_t, kinds> keys{};
  std::iota(keys.begin(), keys.end(), 0);
  memories made{std::vector<net_t::input_type>(count), std::vector<std::array<int, steps>>(count)};
  for (std::size_t s = 0; s < count; ++s) {
    std::shuffle(keys.begin(), keys.end(), random);
    const std::size_t asked = any_step(random);
    made.values[s].fill(-100); // PyTorch's ignore_index, and inlay's
    for (std::size_t t = 0; t < steps; ++t) {
      float* const step = &made.xs[s][t * 2 * kinds];
      const std::size_t value = any_value(random);
      step[keys[t + 1 == steps ? asked : t]] = 1;
      if (t + 1 < steps) step[kinds + value] = 1;
      if (t == asked) made.values[s].back() = static_cast<int>(value);
    }
  }
  return made;
}

int main() {
  const auto training = make(4000, 1), held_out = make(1000, 2);
  static net_t net{};
  inlay::initialize(net, 1);
  static inlay::adam<net_t> optimizer{{.learning_rate = 2e-3f}};
  inlay::fit(net, optimizer, inlay::cross_entropy{}, training.xs, training.values,
             {.epochs = 6, .batch_size = 32, .on_epoch = [](std::size_t epoch, double loss) {
                std::printf("epoch %2zu  loss %.4f\n", epoch, loss);
              }});

  std::size_t right = 0;
  for (std::size_t s = 0; s < held_out.xs.size(); ++s) {
    const auto y = net(held_out.xs[s]);
    const auto last = y.end() - kinds; // the outputs of the last step
    right += std::max_element(last, y.end()) - last == held_out.values[s].back();
  }
  const double accuracy = 100.0 * static_cast<double>(right) / static_cast<double>(held_out.xs.size());
  std::printf("of questions never seen %.1f %% are answered right\n", accuracy);
  return accuracy > 95 ? 0 : 1;
}
