// A net that was trained in PyTorch, embedded: train.py -> pendulum.onnx -> inlay_add_model -> this program.
#include <pendulum.hpp>

#include <inlay/io/verify.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <vector>

/// Swings up for 10 seconds; the largest angle from upright in the last two, in degrees.
double swing_up() {
  double angle = 3.1, speed = 0, worst = 0;
  const double dt = 0.01;
  for (int step = 0; step < 1000; ++step) {
    const std::array state{static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle)),
                           static_cast<float>(speed)};
    const double torque = std::clamp(static_cast<double>(pendulum(state)[0]), -4.0, 4.0);
    speed += (10 * std::sin(angle) + torque) * dt;
    angle += speed * dt;
    if (step >= 800)
      worst = std::max(worst, std::abs(std::remainder(angle, 2 * 3.14159265358979)));
  }
  return worst * 180 / 3.14159265358979;
}

/// The median time of a call in nanoseconds, each call waiting for the one before it.
double latency() {
  std::vector<double> times;
  std::array state{1.0f, 0.0f, 0.0f};
  for (int repetition = 0; repetition < 101; ++repetition) {
    const auto begin = std::chrono::steady_clock::now();
    for (int call = 0; call < 1000; ++call)
      state[2] = pendulum(state)[0];
    times.push_back(
        std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count() / 1000);
  }
  std::nth_element(times.begin(), times.begin() + 50, times.end());
  return state[2] == state[2] ? times[50] : 0; // the result is used: the calls stay
}

int main() {
  std::printf("%s, %s\n%s %s -> %s %s\n", pendulum.source.data(), pendulum.digest.data(),
              pendulum.input_name.data(), pendulum.input_shape.data(), pendulum.output_name.data(),
              pendulum.output_shape.data());
  const auto verified =
      inlay::io::verify(pendulum); // does the compiled net compute what PyTorch's graph does?
  const double degrees = swing_up();
  std::printf("after 8 s at most %.1f degrees from upright\none call: %.0f ns\n", degrees, latency());
  return verified && degrees < 10 ? 0 : 1;
}
