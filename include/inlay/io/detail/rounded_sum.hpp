#pragma once

#include "inlay/instruction_set.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// The arithmetic of double precision, taken for exact.
struct exact {
  static constexpr bool rounds = false;
  double operator()(double value, double) const noexcept { return value; }
};

/// A sum of products as a chain of roundings in units of the roundoff u: its deviation. Each product and each weight
/// is rounded, and each partial sum, as large as it is in this order, or as products of random signs make it in
/// another.
class rounded_sum {
public:
  explicit rounded_sum(double bias) : sum(bias), squares(bias * bias) {}
  void add(double product) {
    sum += product, squares += product * product;
    deviation += (std::max)(sum * sum, squares) + 2 * product * product;
  }
  double operator()() const { return std::sqrt(deviation / 3); }

private:
  double sum, squares, deviation = 0;
};

} // namespace inlay::io::detail
