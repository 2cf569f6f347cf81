#pragma once

#include "inlay/instruction_set.hpp"
#include "inlay/math/arithmetic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <type_traits>

/// The proof that a generated header computes what its source does.
namespace inlay::inline INLAY_INSTRUCTION_SET::io {

/// Of all outputs the one that takes the largest share of what it may be off.
struct verification {
  std::size_t samples = 0, sample = 0, output = 0;
  double computed = 0, expected = 0; ///< by the compiled net; by the source in double precision
  double error = 0;                  ///< |computed - expected|; the largest double for an infinity or NaN
  double tolerance = 0;              ///< of this output
  /// How many parameters might be off by 1 % and the net would still be verified; of a tolerance that is given, and of a net of a
  /// sequence, not known.
  std::size_t unnoticed = 0;

  explicit operator bool() const noexcept { return samples > 0 && error <= tolerance; }
};

struct verify_options {
  /// 0: for each output as much as the net's scalar makes it, which the header says (io/detail/rounding.hpp). Else this
  /// for all, relative for outputs beyond 1.
  double tolerance = 0;
  std::FILE* print = stdout; ///< where the result goes in one line; null: nowhere
};

/// What a stream makes of a whole sequence, step by step: each output, or the last.
template <class Model>
typename Model::net_t::output_type streamed(const typename Model::net_t::input_type& x) {
  using net_t = typename Model::net_t;
  auto stream = Model::stream();
  typename net_t::output_type y{};
  typename net_t::step_input_type step{};
  for (std::size_t t = 0; t < net_t::steps; ++t) {
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(t * step.size()), step.size(), step.begin());
    const auto of_step = stream(Model::net, step);
    const std::size_t first = y.size() == of_step.size() ? 0 : t * of_step.size();
    std::copy_n(of_step.begin(), of_step.size(), y.begin() + static_cast<std::ptrdiff_t>(first));
  }
  return y;
}

/// A model of a sequence, whose stream computes; that of a model whose state goes in and comes out is the state alone.
template <class Model>
concept goes_step_by_step = requires(decltype(Model::stream()) stream, typename Model::net_t::step_input_type x) { stream(Model::net, x); };

/// Calls f(sample, what the compiled net makes of it) for all vectors in a header: one by one, and again as a batch or block. Those
/// of a model that streams are the steps of one stream, or sequences, which go step by step, too.
template <class Model, class F>
void for_each_output(F f) {
  using net_t = typename Model::net_t;
  const auto& xs = Model::verification_inputs;
  constexpr std::size_t count = std::tuple_size_v<std::remove_cvref_t<decltype(xs)>>;
  if constexpr (requires { Model::verification_of_sequences; })
    for (std::size_t s = 0; s < count; ++s)
      f(s, streamed<Model>(xs[s]));
  if constexpr (goes_step_by_step<Model> && !requires { Model::verification_of_sequences; }) {
    auto stream = Model::stream(), again = stream;
    std::array<typename net_t::step_output_type, count> block{};
    again(Model::net, xs, block);
    for (std::size_t s = 0; s < count; ++s)
      f(s, stream(Model::net, xs[s])), f(s, block[s]);
  } else {
    std::array<typename net_t::output_type, count> batch{};
    Model::net(xs, batch);
    for (std::size_t s = 0; s < count; ++s)
      f(s, Model::net(xs[s])), f(s, batch[s]);
  }
}

/// Runs the compiled net, one sample at a time and as a batch, or step by step and as a block of steps, on the vectors in the
/// header, and prints the worst error, its tolerance and where that comes from.
template <class Model>
verification verify(const Model&, const verify_options& how = {}) {
  using net_t = typename Model::net_t;
  constexpr std::size_t samples = std::tuple_size_v<std::remove_cvref_t<decltype(Model::verification_inputs)>>;
  constexpr bool counts_unnoticed = requires { Model::verification_unnoticed; };
  constexpr double largest = (std::numeric_limits<double>::max)();
  verification worst{.samples = samples};
  double worst_share = -1;
  for_each_output<Model>([&](std::size_t s, const auto& y) {
    for (std::size_t o = 0; o < y.size(); ++o) {
      const double computed = static_cast<double>(y[o]), expected = Model::verification_outputs[s][o];
      const double tolerance = how.tolerance > 0 ? how.tolerance * (std::max)(1.0, std::abs(expected))
                                                 : static_cast<double>(Model::verification_tolerances[s][o]);
      const bool finite = math::is_finite(y[o]);
      const double error = finite ? std::abs(computed - expected) : largest;
      const double share = finite ? error / tolerance : largest; // an infinity or NaN is worse than everything
      if (share <= worst_share)
        continue;
      worst_share = share;
      worst = {samples, s, o, computed, expected, error, tolerance, 0};
      if constexpr (counts_unnoticed)
        worst.unnoticed = Model::verification_unnoticed;
    }
  });
  if (how.print) {
    std::fprintf(how.print,
                 "%s: worst error %.2g in %zu samples, tolerance %.2g (%s): %s (sample %zu, output %zu: %.9g, expected "
                 "%.9g)",
                 Model::source.data(), worst.error, worst.samples, worst.tolerance,
                 how.tolerance > 0 ? "given" : Model::tolerance_source.data(), worst ? "verified" : "WRONG",
                 worst.sample, worst.output, worst.computed, worst.expected);
    if (how.tolerance > 0 || !counts_unnoticed)
      std::fputs("\n", how.print);
    else
      std::fprintf(how.print, "; %zu of %zu parameters could be off by 1 %% unnoticed\n", worst.unnoticed,
                   std::size_t(net_t::parameter_count));
  }
  return worst;
}

} // namespace inlay::io
