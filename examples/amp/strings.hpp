#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace amp {

/// Sound: one number a sample, 48 000 of them a second.
using sound = std::vector<float>;
inline constexpr std::size_t rate = 48'000;

/// A plucked string (Karplus, Strong 1983): noise goes round in a delay as long as a period, averaged a little each time.
class plucked_string {
public:
  void pluck(float hertz, float loudness, float kept_each_time, std::mt19937& random) {
    loop_.assign(static_cast<std::size_t>(std::lround(static_cast<float>(rate) / hertz)), 0.0f);
    std::uniform_real_distribution<float> noise(-loudness, loudness);
    float smooth = 0;
    for (float& x : loop_)
      x = smooth += 0.5f * (noise(random) - smooth);
    kept_ = kept_each_time;
    at_ = 0;
  }

  float next() {
    if (loop_.empty())
      return 0;
    const float now = loop_[at_];
    const std::size_t following = at_ + 1 == loop_.size() ? 0 : at_ + 1;
    loop_[at_] = kept_ * 0.5f * (now + loop_[following]);
    at_ = following;
    return now;
  }

private:
  std::vector<float> loop_;
  std::size_t at_ = 0;
  float kept_ = 1;
};

/// Somebody plays: notes of a pentatonic scale and chords of two and three, soft and loud, some damped. Between -1 and 1.
inline sound play(double seconds, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> uniform(0, 1);
  std::vector<plucked_string> strings(3);
  sound played(static_cast<std::size_t>(seconds * static_cast<double>(rate)));
  std::size_t next_at = 0;
  for (std::size_t i = 0; i < played.size(); ++i) {
    if (i == next_at) {
      constexpr int scale[] = {0, 3, 5, 7, 10}; // halftones over a low E
      constexpr float chord[] = {1, 1.5f, 2};
      const int halftones = scale[random() % 5] + 12 * static_cast<int>(random() % 3);
      const float hertz = 82.4f * std::exp2(static_cast<float>(halftones) / 12), loudness = 0.1f + 0.9f * uniform(random);
      const float kept = uniform(random) < 0.3f ? 0.95f : 0.998f;
      const std::size_t count = 1 + random() % strings.size();
      for (std::size_t s = 0; s < count; ++s)
        strings[s].pluck(chord[s] * hertz, loudness, kept, random);
      next_at = i + static_cast<std::size_t>((0.1f + 0.5f * uniform(random)) * static_cast<float>(rate));
    }
    for (auto& one : strings)
      played[i] += one.next();
  }
  const auto [low, high] = std::minmax_element(played.begin(), played.end());
  const float most = std::max(-*low, *high);
  for (float& x : played)
    x /= most;
  return played;
}

} // namespace amp
