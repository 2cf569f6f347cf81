#pragma once

#include "../picture_data.hpp"
#include "strings.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

namespace amp {

/// A WAV file: a header of 44 bytes, then 16 bits a sample of one channel. `loudest` becomes the largest number.
inline void write_wav(const std::string& path, const sound& sound, float loudest) {
  auto file = create(path);
  const auto write = [&](auto number, int bytes) { // the lowest byte first
    for (int i = 0; i < bytes; ++i)
      file.put(static_cast<char>(static_cast<std::uint32_t>(number) >> 8 * i & 0xff));
  };
  const auto bytes = static_cast<std::uint32_t>(2 * sound.size());
  file << "RIFF", write(36 + bytes, 4), file << "WAVE";
  file << "fmt ", write(16, 4), write(1, 2), write(1, 2); // integers, one channel
  write(rate, 4), write(2 * rate, 4), write(2, 2), write(16, 2);
  file << "data", write(bytes, 4);
  for (const float x : sound)
    write(std::lround(32767 * std::clamp(x / loudest, -1.0f, 1.0f)), 2);
}

inline float loudest(const sound& sound) {
  float most = 1e-6f;
  for (const float x : sound)
    most = std::max(most, std::abs(x));
  return most;
}

} // namespace amp
