// An extended Kalman filter whose dynamics are a net: how a pendulum moves is learned from what was recorded of it, and the filter
// needs the net's Jacobian at every tick. A sensor tells the angle, and badly; the filter tells the angle better, and the speed.
#include <inlay/inlay.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

/// (angle, speed) -> how much both change in a tick, in hundredths.
using dynamics = inlay::network<inlay::input<2>, inlay::dense<32, inlay::tanh>, inlay::dense<32, inlay::tanh>, inlay::dense<2>>;
using vector = std::array<float, 2>;
using matrix = std::array<vector, 2>;

constexpr float tick = 0.02f, unit = 0.01f; // s

/// The pendulum itself, which the filter does not know: rad and rad/s.
vector moved(vector s) {
  for (int part = 0; part < 10; ++part) {
    s[1] += tick / 10 * (-9.81f * std::sin(s[0]) - 0.3f * s[1]);
    s[0] += tick / 10 * s[1];
  }
  return s;
}

dynamics learned() {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> angle(-2.5f, 2.5f), speed(-8, 8);
  std::vector<dynamics::input_type> before;
  std::vector<dynamics::output_type> change;
  for (int i = 0; i < 4000; ++i) {
    const vector s{angle(random), speed(random)}, next = moved(s);
    before.push_back(s), change.push_back({(next[0] - s[0]) / unit, (next[1] - s[1]) / unit});
  }
  dynamics net{};
  inlay::initialize(net, 1);
  inlay::adam<dynamics> optimizer{{.learning_rate = 3e-3f}};
  inlay::fit(net, optimizer, inlay::mean_squared_error{}, before, change, {.epochs = 60, .batch_size = 32, .seed = 1});
  return net;
}

/// What is thought of the pendulum, and how far that may be off.
struct filter {
  vector s{};
  matrix P{{{0.1f, 0}, {0, 10}}};

  /// Simon, "Optimal State Estimation", 2006, chapter 13: s = f(s), P = F P Fᵀ + Q with F = ∂f/∂s.
  void predict(const dynamics& net) {
    const auto [change, J] = inlay::jacobian(net, s);
    matrix F, FP;
    for (std::size_t i = 0; i < 2; ++i) {
      s[i] += unit * change[i];
      for (std::size_t k = 0; k < 2; ++k)
        F[i][k] = (i == k) + unit * J[i][k];
    }
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t k = 0; k < 2; ++k)
        FP[i][k] = F[i][0] * P[0][k] + F[i][1] * P[1][k];
    constexpr vector Q{1e-6f, 1e-4f}; // what the net does not know
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t k = 0; k < 2; ++k)
        P[i][k] = FP[i][0] * F[k][0] + FP[i][1] * F[k][1] + (i == k ? Q[i] : 0);
  }
  /// The sensor tells the angle; `noise` is its standard deviation.
  void correct(float seen, float noise) {
    const float off = seen - s[0], variance = P[0][0] + noise * noise;
    const vector gain{P[0][0] / variance, P[1][0] / variance}, row = P[0];
    for (std::size_t i = 0; i < 2; ++i) {
      s[i] += gain[i] * off;
      for (std::size_t k = 0; k < 2; ++k)
        P[i][k] -= gain[i] * row[k];
    }
  }
};

int main() {
  const dynamics net = learned();
  constexpr float noise = 0.1f; // rad, about 6 degrees
  std::mt19937 random(2);
  std::normal_distribution<float> sensor(0, noise);
  vector truth{2, 0};
  filter estimate;
  double of_sensor = 0, of_angle = 0, of_speed = 0, swing = 0;
  constexpr int ticks = 500, settled = 100;
  for (int t = 0; t < ticks; ++t) {
    truth = moved(truth);
    const float seen = truth[0] + sensor(random);
    estimate.predict(net);
    estimate.correct(seen, noise);
    if (t < settled)
      continue;
    const auto square = [](float x) { return static_cast<double>(x) * static_cast<double>(x) / (ticks - settled); };
    of_sensor += square(seen - truth[0]), of_angle += square(estimate.s[0] - truth[0]);
    of_speed += square(estimate.s[1] - truth[1]), swing += square(truth[1]);
  }
  std::printf("angle: sensor %.3f rad off, filter %.3f rad\nspeed: filter %.2f rad/s off, of %.2f rad/s\n", std::sqrt(of_sensor),
              std::sqrt(of_angle), std::sqrt(of_speed), std::sqrt(swing));
  return of_angle < 0.1 * of_sensor && of_speed < 0.01 * swing ? 0 : 1;
}
