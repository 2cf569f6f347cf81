// A convolution over an image: is there a cross, a ring or neither in the noise, wherever it is?
#include <inlay/inlay.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

using net_t = inlay::network<inlay::input<1, 16, 16>,             // one channel of 16 x 16
                             inlay::conv2d<8, 5, 5>,              // -> 8 x 12 x 12
                             inlay::batch_norm<>, inlay::activation<inlay::relu>,
                             inlay::max_pool2d<2>,                // -> 8 x 6 x 6
                             inlay::conv2d<12, 3, 3, inlay::relu>, // -> 12 x 4 x 4
                             inlay::global_max_pool<>, inlay::dense<3>>;

struct images {
  std::vector<net_t::input_type> xs;
  std::vector<std::size_t> kinds; // 0 nothing, 1 a cross, 2 a ring
};

images make(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> noise(0, 0.4f);
  std::uniform_int_distribution<std::size_t> place(0, 16 - 7);
  images made{std::vector<net_t::input_type>(count), std::vector<std::size_t>(count)};
  for (std::size_t s = 0; s < count; ++s) {
    for (float& pixel : made.xs[s])
      pixel = noise(random);
    made.kinds[s] = s % 3;
    const std::size_t top = place(random), left = place(random);
    for (std::size_t h = 0; h < 7; ++h)
      for (std::size_t w = 0; w < 7; ++w) {
        const bool cross = h == 3 || w == 3, ring = std::abs(std::hypot(float(h) - 3, float(w) - 3) - 3) < 0.5f;
        const bool ink = made.kinds[s] == 1 ? cross : made.kinds[s] == 2 && ring;
        made.xs[s][(top + h) * 16 + left + w] += ink ? 1.f : 0.f;
      }
  }
  return made;
}

int main() {
  const auto training = make(3000, 1), held_out = make(999, 2);
  static net_t net{};
  inlay::initialize(net, 1);
  static inlay::adam<net_t> optimizer{{.learning_rate = 3e-3f}};
  inlay::fit(net, optimizer, inlay::cross_entropy{}, training.xs, training.kinds,
             {.epochs = 12, .batch_size = 32, .on_epoch = [](std::size_t epoch, double loss) {
                std::printf("epoch %2zu  loss %.4f\n", epoch, loss);
              }});

  // For the loop the norm and the σ behind it go into the convolution before them: the same function in five layers.
  static const auto fused = inlay::fuse(net);
  std::size_t right = 0;
  float worst = 0;
  for (std::size_t s = 0; s < held_out.xs.size(); ++s) {
    const auto y = fused(held_out.xs[s]), z = net(held_out.xs[s]);
    for (std::size_t k = 0; k < 3; ++k)
      worst = std::max(worst, std::abs(y[k] - z[k]));
    right += static_cast<std::size_t>(std::max_element(y.begin(), y.end()) - y.begin()) == held_out.kinds[s];
  }
  const double accuracy = 100.0 * static_cast<double>(right) / static_cast<double>(held_out.xs.size());
  std::printf("images never seen: %.1f %% right; the fused net is within %.1e\n", accuracy, static_cast<double>(worst));
  return accuracy > 95 && worst < 1e-3f ? 0 : 1;
}
