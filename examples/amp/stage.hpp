#pragma once

#include "strings.hpp"

#include <cmath>
#include <cstddef>

namespace amp {

/// The stage of an amplifier that distorts: gain, then a resistor into a capacitor and two diodes, one in each direction
/// (Yeh, Abel, Smith 2007),
///
///     dV/dt = (V_in − V) / (R C) − 2 I_s / C sinh(V / V_t),
///
/// solved at 8 times the rate of the sound by the trapezoidal rule, each step by Newton's iteration. Between samples V_in is
/// a straight line, and what comes out is the mean of the last 16 V with triangular weights: all of it looks back only.
class stage {
public:
  float operator()(float x) {
    const double in = gain * static_cast<double>(x);
    double sum = older_;
    older_ = 0;
    for (std::size_t k = 0; k < times; ++k) {
      const double part = static_cast<double>(k + 1) / times;
      solve(before_ + part * (in - before_));
      sum += (1 - part) * voltage_, older_ += part * voltage_;
    }
    before_ = in;
    return static_cast<float>(sum / times);
  }

private:
  static constexpr std::size_t times = 8;
  static constexpr double gain = 12;                           // volts for the largest input
  static constexpr double resistance = 2200, capacity = 33e-9; // ohms, farads
  static constexpr double saturation = 2.52e-9, thermal = 45.3e-3; // of a 1N4148: amperes, volts
  static constexpr double step = 1.0 / (static_cast<double>(times) * static_cast<double>(rate));

  struct slope {
    double value, derivative; // dV/dt in V/s, and that by V
  };
  static slope at(double voltage, double in) {
    const double e = std::exp(voltage / thermal), over = 1 / e;
    return {(in - voltage) / (resistance * capacity) - saturation / capacity * (e - over),
            -1 / (resistance * capacity) - saturation / (capacity * thermal) * (e + over)};
  }

  /// V ← V + step / 2 (the slope here + the slope there)
  void solve(double in) {
    const double known = voltage_ + step / 2 * slope_;
    for (int i = 0; i < 50; ++i) {
      const auto there = at(voltage_, in);
      const double off = (voltage_ - step / 2 * there.value - known) / (1 - step / 2 * there.derivative);
      voltage_ -= off;
      if (std::abs(off) < 1e-9)
        break;
    }
    slope_ = at(voltage_, in).value;
  }

  double voltage_ = 0, slope_ = 0, before_ = 0, older_ = 0;
};

inline sound distorted(const sound& clean) {
  stage stage;
  sound made;
  for (const float x : clean)
    made.push_back(stage(x));
  return made;
}

} // namespace amp
