#pragma once

namespace inlay {

/// The worst error of an activation, in units in the last place (ULP) of the exact result, over all floats, and over
/// samples of the doubles. tests/ulp holds every activation to its own; tests/README.md has what was measured.
struct accuracy {
  double value = 0;
  double derivative = 0;
  /// A value, or a derivative, below this many times the smallest normal number may be zero.
  double flushed = 1;
  /// Where a derivative changes its sign no unit of its own is small enough: it counts in ULP of this at least.
  double derivative_scale = 0;
};

} // namespace inlay
