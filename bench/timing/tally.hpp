#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bench {

/// How often each reading of a clock occurred. A list of all readings would be written through the caches, a new line every
/// eight calls and a new page every 512, and push the net out of L1 while it is timed; here one line is written again and
/// again.
class tally {
public:
  void add(std::uint64_t ticks) {
    if (ticks < counts_.size()) ++counts_[ticks];
    else longer_.push_back(ticks);
  }
  /// All readings, in no order.
  std::vector<std::uint64_t> readings() const {
    auto all = longer_;
    for (std::size_t ticks = 0; ticks < counts_.size(); ++ticks) all.insert(all.end(), counts_[ticks], ticks);
    return all;
  }

private:
  std::vector<std::uint32_t> counts_ = std::vector<std::uint32_t>(1 << 16); // to 25 µs at 2.6 GHz
  std::vector<std::uint64_t> longer_;
};

} // namespace bench
