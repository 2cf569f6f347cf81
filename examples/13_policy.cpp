// Two inputs and two outputs: a policy that sees where it goes (a vector) and what is in the way (a depth image), and gives
// an action and how good the situation is. It learns from a driver whom a formula stands for.
#include <inlay/inlay.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

using vector_t = std::array<float, 4>;      // the goal's direction as sine and cosine, its distance, the speed
using image_t = std::array<float, 16 * 16>; // how far it is to the next thing, 0 to 1

using net_t = inlay::network<
    inlay::input_list<inlay::shape<4>, inlay::shape<1, 16, 16>>,
    inlay::parallel<inlay::concat,
                    inlay::branch<inlay::from<1>, inlay::dense<16, inlay::relu>>,
                    inlay::branch<inlay::from<2>, inlay::conv2d<8, 5, 5, inlay::relu, inlay::conv_options{.stride = 2}>,
                                  inlay::conv2d<8, 3, 3, inlay::relu>, inlay::dense<16, inlay::relu>>>,
    inlay::dense<32, inlay::relu>,
    inlay::heads<inlay::branch<inlay::dense<2, inlay::tanh>>,                          // steering and throttle, -1 to 1
                 inlay::branch<inlay::dense<8, inlay::relu>, inlay::dense<1>>>>;       // the value

struct situation {
  vector_t vector;
  image_t image;
  std::array<float, 3> wanted; // the action, then the value
};

/// A pole somewhere in front of a far wall. The driver steers to the goal and around the pole, and slows down before it.
situation imagine(std::mt19937& random) {
  std::uniform_real_distribution<float> uniform(0, 1);
  std::normal_distribution<float> noise(0, 0.02f);
  situation one{};
  const float angle = 2 * uniform(random) - 1, distance = uniform(random), speed = uniform(random);
  one.vector = {std::sin(angle), std::cos(angle), distance, speed};
  const float column = 16 * uniform(random), depth = 0.2f + 0.8f * uniform(random);
  for (std::size_t y = 0; y < 16; ++y)
    for (std::size_t x = 0; x < 16; ++x)
      one.image[16 * y + x] = (std::abs(static_cast<float>(x) - column) < 1.5f ? depth : 1.0f) + noise(random);
  const float side = (column - 7.5f) / 8, near = 1 - depth;
  const float around = near * (side > 0 ? -1.0f : 1.0f) * std::max(0.0f, 1 - std::abs(side));
  const float danger = near * std::max(0.0f, 1 - std::abs(side));
  one.wanted = {std::tanh(angle + 2 * around), std::tanh(1 - 2 * danger - speed), 1 - distance - danger};
  return one;
}

struct samples {
  std::vector<net_t::input_type> xs; // both inputs, one after the other
  std::vector<net_t::output_type> wanted;
};

samples make(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  samples made;
  for (std::size_t i = 0; i < count; ++i) {
    const situation one = imagine(random);
    auto& x = made.xs.emplace_back();
    std::copy(one.image.begin(), one.image.end(), std::copy(one.vector.begin(), one.vector.end(), x.begin()));
    made.wanted.push_back(one.wanted);
  }
  return made;
}

int main() {
  const samples training = make(4000, 1);
  static net_t net{};
  inlay::initialize(net, 1);
  static inlay::adam<net_t> optimizer{{.learning_rate = 2e-3f}};
  const inlay::each<inlay::mean_squared_error, inlay::huber> loss{.weights = {1, 0.5}}; // of the action, of the value
  const auto history = inlay::fit(net, optimizer, loss, training.xs, training.wanted, {.epochs = 20});
  std::printf("loss %.4f -> %.4f\n", history.front(), history.back());

  std::mt19937 random(2);
  float of_action = 0, of_value = 0;
  for (int i = 0; i < 1000; ++i) {
    const situation now = imagine(random);
    const auto [action, value] = inlay::split<net_t>(net(now.vector, now.image));
    of_action += (std::abs(action[0] - now.wanted[0]) + std::abs(action[1] - now.wanted[1])) / 2000;
    of_value += std::abs(value[0] - now.wanted[2]) / 1000;
  }
  std::printf("in situations never seen the action is off by %.3f, the value by %.3f on average\n", of_action, of_value);
  return of_action < 0.1f && of_value < 0.1f ? 0 : 1;
}
