#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace timing {

class distribution {
public:
  explicit distribution(std::vector<float> values) : sorted_(std::move(values)) {
    std::sort(sorted_.begin(), sorted_.end());
  }

  /// percentile(50) is the median, percentile(100) the largest.
  float percentile(double p) const {
    const auto rank = static_cast<std::size_t>(std::ceil(p / 100 * static_cast<double>(sorted_.size())));
    return sorted_[std::max<std::size_t>(rank, 1) - 1];
  }

  /// The part of all values in [low, high).
  double share(float low, float high) const {
    const auto first = std::lower_bound(sorted_.begin(), sorted_.end(), low);
    return static_cast<double>(std::lower_bound(first, sorted_.end(), high) - first) /
           static_cast<double>(sorted_.size());
  }

  distribution divided_by(float n) const {
    auto values = sorted_;
    for (float& value : values)
      value /= n;
    return distribution(std::move(values));
  }

private:
  std::vector<float> sorted_;
};

} // namespace timing
