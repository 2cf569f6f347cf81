#pragma once

namespace inlay {

/// The worst error of an activation, in units in the last place (ULP) of the exact result, over all floats and over
/// samples of the doubles. tests/ulp holds every activation to its own; tests/README.md has what was measured.
struct accuracy {
  double value = 0;
  double derivative = 0;
  /// ULP added to the value's for every factor of e that it is below one: an error of the exponent.
  double growth = 0;
  /// A value, or a derivative, below this many times the smallest normal number may be zero.
  double flushed = 1;
  /// Where a derivative changes its sign no unit of its own is small enough: it counts in ULP of this at least.
  double derivative_scale = 0;
};

/// The worst absolute errors of an activation that trades digits for speed. Its derivative is that of the
/// approximation, compared with that of the function.
struct approximation {
  double value;
  double derivative;
};

} // namespace inlay
