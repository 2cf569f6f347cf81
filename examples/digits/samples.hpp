#pragma once

#include "source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace digits {

inline constexpr std::size_t classes = 10;

template <std::size_t Pixels>
struct samples {
  std::string name;
  std::vector<std::array<float, Pixels>> images; // each pixel from 0 (paper) to 1 (ink)
  std::vector<std::size_t> labels;

  samples part(std::size_t begin, std::size_t end, const std::string& what) const {
    const auto cut = [&](const auto& all) {
      const auto at = [&](std::size_t i) { return all.begin() + static_cast<std::ptrdiff_t>(i); };
      return std::remove_cvref_t<decltype(all)>(at(begin), at(end));
    };
    return {what + " of " + name, cut(images), cut(labels)};
  }
};

template <std::size_t Pixels>
struct division {
  samples<Pixels> training, held_out;
};

/// Of one set the first 80 % are for training, and of two the larger (the first, if they are equal).
template <std::size_t Pixels>
division<Pixels> divide(std::vector<samples<Pixels>> sets) {
  for (const auto& set : sets)
    if (set.labels.size() < 5)
      throw bad_file(set.name, "at least 5 samples", std::to_string(set.labels.size()));
  if (sets.size() == 1) {
    const auto all = sets[0].labels.size(), most = all * 4 / 5;
    return {sets[0].part(0, most, "the first 80 %"), sets[0].part(most, all, "the last 20 %")};
  }
  if (sets[1].labels.size() > sets[0].labels.size())
    std::swap(sets[0], sets[1]);
  return {std::move(sets[0]), std::move(sets[1])};
}

} // namespace digits
