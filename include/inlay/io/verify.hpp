#pragma once

#include "inlay/instruction_set.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <type_traits>

/// The proof that a generated header computes what its source does.
namespace inlay::inline INLAY_INSTRUCTION_SET::io {

/// Of all outputs the one that is farthest from what the source computes in double precision.
struct verification {
  std::size_t samples = 0, sample = 0, output = 0;
  double computed = 0, expected = 0;
  double error = 0; ///< |computed - expected| / max(1, |expected|)
  double tolerance = 0;

  explicit operator bool() const noexcept { return samples > 0 && error <= tolerance; }
};

struct verify_options {
  double tolerance = 0;      ///< 0: 1e-5 for a net of float, 1e-6 of double (exporters write constants as floats)
  std::FILE* print = stdout; ///< where the result goes in one line; null: nowhere
};

/// Runs the compiled net, one sample at a time and as a batch, on the vectors in the header, and prints the
/// worst error.
template <class Model>
verification verify(const Model&, const verify_options& how = {}) {
  using net_t = typename Model::net_t;
  const auto& xs = Model::verification_inputs;
  const auto& expected = Model::verification_outputs;
  verification worst{.samples = xs.size()};
  worst.tolerance = how.tolerance > 0 ? how.tolerance : std::is_same_v<typename net_t::scalar, float> ? 1e-5 : 1e-6;
  std::array<typename net_t::output_type, std::tuple_size_v<std::remove_cvref_t<decltype(xs)>>> batch{};
  Model::net(xs, batch);
  for (std::size_t s = 0; s < xs.size(); ++s) {
    const auto one = Model::net(xs[s]);
    for (std::size_t o = 0; o < one.size(); ++o)
      for (const auto value : {one[o], batch[s][o]}) {
        const auto computed = static_cast<double>(value);
        const double error = std::abs(computed - expected[s][o]) / std::max(1.0, std::abs(expected[s][o]));
        if (error <= worst.error && s + o > 0)
          continue; // a NaN is worse than everything
        worst.sample = s, worst.output = o, worst.computed = computed, worst.expected = expected[s][o];
        worst.error = std::isnan(error) ? HUGE_VAL : std::max(error, worst.error);
      }
  }
  if (how.print)
    std::fprintf(how.print,
                 "%s: worst error %.2g in %zu samples, tolerance %.2g: %s (sample %zu, output %zu: %.9g, "
                 "expected %.9g)\n",
                 Model::source.data(), worst.error, worst.samples, worst.tolerance, worst ? "verified" : "WRONG",
                 worst.sample, worst.output, worst.computed, worst.expected);
  return worst;
}

} // namespace inlay::io
