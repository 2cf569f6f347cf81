#pragma once

#include <cmath>
#include <numbers>
#include <optional>
#include <random>

namespace arm {

struct point { // metres, the shoulder at (0, 0)
  float x, y;
};

struct pose { // radians: of the upper arm against the x axis, of the forearm against the upper arm
  float shoulder, elbow;
};

inline constexpr float degree = std::numbers::pi_v<float> / 180;

/// Where a pose is trained or judged: shoulder from 0 to 150 degrees, elbow bent clockwise by 20 to 150. One
/// sign of the bend means that a point has one pose, so the inverse is a function; the bend stays away from 0
/// because there, with the arm stretched, the pose moves infinitely fast with the point.
struct range {
  float margin = 0; // radians on every side; a net is trained a little beyond where it is used

  bool contains(pose q) const {
    return q.shoulder >= -margin && q.shoulder <= 150 * degree + margin && -q.elbow >= 20 * degree - margin &&
           -q.elbow <= 150 * degree + margin;
  }

  template <class Random>
  pose sample(Random& random) const {
    std::uniform_real_distribution<float> shoulder(-margin, 150 * degree + margin);
    std::uniform_real_distribution<float> bend(20 * degree - margin, 150 * degree + margin);
    return {shoulder(random), -bend(random)};
  }
};

struct robot { // metres
  float upper = 0.30f, fore = 0.25f;

  point elbow(pose q) const { return {upper * std::cos(q.shoulder), upper * std::sin(q.shoulder)}; }

  point hand(pose q) const {
    const auto [x, y] = elbow(q);
    return {x + fore * std::cos(q.shoulder + q.elbow), y + fore * std::sin(q.shoulder + q.elbow)};
  }

  /// The textbook inverse, by the law of cosines. Only the picture needs it, to know what is in reach.
  std::optional<pose> reach(point p) const {
    const float cosine = (p.x * p.x + p.y * p.y - upper * upper - fore * fore) / (2 * upper * fore);
    if (std::abs(cosine) > 1)
      return std::nullopt;
    const float bend = std::acos(cosine);
    return pose{std::atan2(p.y, p.x) + std::atan2(fore * std::sin(bend), upper + fore * cosine), -bend};
  }
};

/// Millimetres between two points.
inline float distance_mm(point a, point b) { return 1000 * std::hypot(a.x - b.x, a.y - b.y); }

} // namespace arm
