#pragma once

#include "inlay/layer/rearranging.hpp"
#include "inlay/math/arithmetic.hpp"
#include "inlay/pass.hpp"

namespace inlay {

/// The last N steps of a sequence side by side, the oldest first, zeros before the first: the history of observations that robot
/// policies get. Input: a sequence of F numbers, output: a sequence of N F. No parameters.
template <std::size_t N>
struct delay {
  static constexpr description described{.name = "delay", .header = "inlay/layer/delay.hpp"};
  static constexpr void arguments(auto& list) { list.number("n", N); }
  template <class Input>
  static constexpr bool mixes_steps = true;

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (N == 0) return mismatch<refused::every_argument<refused::at_least<1>>, delay>{};
    else if constexpr (!is_over_time<Input>) return mismatch<refused::a_sequence, Input>{};
    else if constexpr (Input::row::rank != 1) return mismatch<refused::one_dimension, typename Input::row>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind : detail::rearranging<T, Input, over_time<Input::steps, shape<N * Input::row::size>>> {
    using listed = delay;
    static constexpr std::size_t steps = Input::steps, size = Input::row::size;

    /// The steps before, the oldest first.
    struct state {
      T past[N > 1 ? (N - 1) * size : 1]{};
      friend constexpr bool operator==(const state&, const state&) noexcept = default;
    };

    template <class A>
    struct trace : detail::carried<state, A::capacity / Input::steps> {};

    /// Every step before is this one.
    static constexpr std::size_t settled = size;
    static constexpr void settle(state& state, const T* step) noexcept {
      for (std::size_t i = 0; i < (N - 1) * size; ++i) state.past[i] = math::flush_denormal(step[i % size]);
    }
    static constexpr std::size_t remembered = (N - 1) * size;
    static constexpr void read_state(const state& state, T* numbers) noexcept {
      for (std::size_t i = 0; i < remembered; ++i) numbers[i] = state.past[i];
    }
    static constexpr void write_state(state& state, const T* numbers) noexcept {
      for (std::size_t i = 0; i < remembered; ++i) state.past[i] = math::flush_denormal(numbers[i]);
    }

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0> theta, Trace& trace, A a, Y y) noexcept {
      for (std::size_t r = 0; r < a.samples(); ++r)
        for (std::size_t k = 0; k < N; ++k) { // from N − 1 − k steps ago
          const std::size_t ago = N - 1 - k, t = r % steps;
          for (std::size_t i = 0; i < size; ++i) y[r][k * size + i] = ago > t ? T(0) : a.number(r - ago, i);
        }
      clear_padding(y);
      if constexpr (recorded<Trace>)
        trace.for_each_carried([&](std::size_t s, state& state) {
          for (std::size_t t = 0; t < steps; ++t) step(theta, state, row(a, s * steps + t), row(y, s * steps + t));
        });
    }
    static constexpr void step(std::span<const T, 0>, state& state, auto a, auto y) noexcept {
      constexpr std::size_t kept = (N - 1) * size;
      for (std::size_t i = 0; i < kept; ++i) y[0][i] = state.past[i];
      for (std::size_t i = 0; i < size; ++i) y[0][kept + i] = a.number(0, i);
      for (std::size_t i = 0; i < kept; ++i) state.past[i] = y[0][size + i];
      clear_padding(y);
    }
    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, 0>, const Gradient& grad_z, G grad_a) noexcept {
      const auto z = grad_z.view(grad_a.samples());
      for (std::size_t r = 0; r < grad_a.samples(); ++r)
        for (std::size_t i = 0; i < size; ++i) {
          T sum = 0;
          for (std::size_t ago = 0; ago < N && r % steps + ago < steps; ++ago) sum += z[r + ago][(N - 1 - ago) * size + i];
          grad_a[r][i] = sum;
        }
      clear_padding(grad_a);
    }
  };
};

} // namespace inlay
