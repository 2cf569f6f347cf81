#pragma once

#include "distribution.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <stdexcept>
#include <string>

/// The file, to be written anew; throws where that cannot be.
inline std::ofstream create(const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  if (!file)
    throw std::runtime_error("cannot write " + path);
  return file;
}

/// One row for each of 24 bins per decade of time: its beginning in ns, its share of each candidate's calls.
template <std::size_t N>
void write_histogram(const std::string& path, const std::array<timing::distribution, N>& calls) {
  auto file = create(path);
  const auto edge = [](int bin) { return std::pow(10.0f, static_cast<float>(bin) / 24); };
  for (int bin = 24; bin < 6 * 24; ++bin, file << '\n') { // 10 ns to 1 ms
    file << edge(bin);
    for (const auto& of_candidate : calls)
      file << ' ' << of_candidate.share(edge(bin), edge(bin + 1));
  }
}
