#pragma once

#include "source.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace digits {

inline constexpr std::size_t classes = 10;

template <std::size_t Pixels>
struct sample {
  std::array<float, Pixels> image; // each pixel from 0 (paper) to 1 (ink)
  std::size_t label;
};

template <std::size_t Pixels>
struct samples {
  std::string name;
  std::vector<std::array<float, Pixels>> images;
  std::vector<std::size_t> labels;

  std::size_t count() const { return labels.size(); }

  samples part(std::size_t begin, std::size_t end, const std::string& what) const {
    const auto cut = [&](const auto& all) {
      const auto at = [&](std::size_t i) { return all.begin() + static_cast<std::ptrdiff_t>(i); };
      return std::remove_cvref_t<decltype(all)>(at(begin), at(end));
    };
    return {what + " of " + name, cut(images), cut(labels)};
  }
};

/// What is left to read of a file.
template <class File>
samples<File::pixels> read_rest(File& file, std::string name) {
  samples<File::pixels> read{std::move(name), {}, {}};
  for (sample<File::pixels> next; file.next(next);) {
    read.images.push_back(next.image);
    read.labels.push_back(next.label);
  }
  return read;
}

template <class Training, std::size_t Pixels>
struct division {
  Training training;
  samples<Pixels> held_out;
};

inline void require_five(const std::string& name, std::size_t found) {
  if (found < 5)
    throw bad_file(name, "at least 5 samples", std::to_string(found));
}

/// Of one set the first 80 % are for training, and of two the larger (the first, if they are equal).
template <std::size_t Pixels>
division<samples<Pixels>, Pixels> divide(std::vector<samples<Pixels>> sets) {
  for (const auto& set : sets)
    require_five(set.name, set.count());
  if (sets.size() == 1) {
    const auto all = sets[0].count(), most = all * 4 / 5;
    return {sets[0].part(0, most, "the first 80 %"), sets[0].part(most, all, "the last 20 %")};
  }
  if (sets[1].count() > sets[0].count())
    std::swap(sets[0], sets[1]);
  return {std::move(sets[0]), std::move(sets[1])};
}

} // namespace digits
