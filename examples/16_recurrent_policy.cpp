// A policy that remembers: it keeps a pendulum upright in a wind that nobody measures, from noisy readings of the angle alone.
// How fast the angle changes, and where the wind comes from, it has to gather from what it saw. It learns from a driver who knows
// all of that: what it remembers begins anew with every episode, in training and in the loop.
#include <inlay/inlay.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

constexpr std::size_t ticks = 200; // of 20 ms, an episode
using policy = inlay::network<inlay::sequence<ticks, 1>, inlay::gru<16>, inlay::dense<1>>;
using forgetful = inlay::network<inlay::sequence<ticks, 1>, inlay::dense<16, inlay::tanh>, inlay::dense<1>>;

struct pendulum {
  float angle = 0, speed = 0, wind = 0; // rad, rad/s, rad/s²

  /// What a driver does who sees everything, in units of 10 rad/s².
  float wanted() const { return std::clamp(-4 * angle - 0.8f * speed - 0.1f * wind, -2.0f, 2.0f); }
  void push(float torque) {
    constexpr float dt = 0.02f;
    speed += dt * (20 * std::sin(angle) + wind + 10 * std::clamp(torque, -2.0f, 2.0f));
    angle = std::clamp(angle + dt * speed, -1.5f, 1.5f); // where it lies
  }
};

struct episode {
  std::array<float, ticks> seen, wanted;
  float error; // rad, the root mean square in the second half
};

/// One episode, in which drive(what is seen, what the driver would do) drives.
template <class Drive>
episode run(std::mt19937& random, Drive drive) {
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::normal_distribution<float> noise(0, 0.02f);
  pendulum pendulum{.angle = 0.3f * uniform(random), .speed = uniform(random), .wind = 4 * uniform(random)};
  episode one{};
  for (std::size_t t = 0; t < ticks; ++t) {
    one.seen[t] = pendulum.angle + noise(random);
    one.wanted[t] = pendulum.wanted();
    pendulum.push(drive(one.seen[t], one.wanted[t]));
    if (t >= ticks / 2)
      one.error += pendulum.angle * pendulum.angle / (ticks / 2);
  }
  one.error = std::sqrt(one.error);
  return one;
}

/// An episode in which the net drives, with a stream that is new or has been elsewhere.
template <class Net>
episode run(std::mt19937& random, const Net& net, inlay::stream<Net>& stream) {
  return run(random, [&](float seen, float) { return stream(net, std::array{seen})[0]; });
}

/// The driver drives, then the net, corrected by the driver: what it gets into itself it learns to get out of (Ross et al. 2011).
template <class Net>
void imitate(Net& net) {
  std::mt19937 random(1);
  std::vector<typename Net::input_type> seen;
  std::vector<typename Net::output_type> wanted;
  inlay::initialize(net, 1);
  static inlay::adam<Net> optimizer{{.learning_rate = 5e-3f}};
  for (std::size_t round = 0; round < 8; ++round) {
    for (int i = 0; i < 50; ++i) {
      inlay::stream<Net> stream{};
      const episode one = round == 0 ? run(random, [](float, float right) { return right; }) : run(random, net, stream);
      seen.push_back(one.seen), wanted.push_back(one.wanted);
    }
    inlay::fit(net, optimizer, inlay::mean_squared_error{}, seen, wanted, {.epochs = 20, .batch_size = 10, .seed = round});
  }
}

/// The mean error of 200 episodes, in degrees; each begins with what was remembered before it, or with nothing.
template <class Net>
float judge(const Net& net, bool begins_anew) {
  std::mt19937 random(2);
  float sum = 0;
  inlay::stream<Net> stream{};
  for (int i = 0; i < 200; ++i) {
    if (begins_anew)
      stream = {};
    sum += run(random, net, stream).error;
  }
  return sum / 200 * 180 / 3.14159265f;
}

int main() {
  static policy remembers{};
  static forgetful forgets{};
  imitate(remembers);
  imitate(forgets);
  const float right = judge(remembers, true), stale = judge(remembers, false), without = judge(forgets, true);
  std::printf("from upright on average, a gru<16>:       %5.2f degrees\n"
              "the same, never told of a new episode:    %5.2f degrees\n"
              "a net without memory:                     %5.2f degrees\n",
              static_cast<double>(right), static_cast<double>(stale), static_cast<double>(without));
  return right < 3.5f && right < stale && right < without / 3 ? 0 : 1;
}
