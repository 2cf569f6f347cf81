#pragma once

#include "inlay/layer/convolution.hpp"
#include "inlay/math/arithmetic.hpp"
#include "inlay/pass.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A bound convolution over the steps of a sequence: each step sees itself and those before it, zeros before the first. It is the
/// convolution of <C, Steps> with padding in front; a step is that of a window.
template <class Listed, scalar T, class Input, std::size_t Channels, std::size_t Kernel, class Activation, conv_options Options>
struct bound_causal {
  static constexpr std::size_t steps = Input::steps, in_channels = Input::row::size;
  static constexpr std::size_t dilation = Options.dilation.w, history = dilation * (Kernel - 1);
  static constexpr std::size_t ring = history + steps_at_once;
  static constexpr std::size_t seen = history + steps; ///< with what is before the first
  using all = bound_convolution<Listed, T, shape<in_channels, seen>, Channels, sizes{1, Kernel}, Activation,
                                conv_options{1, {1, dilation}, Options.groups, 0}>;
  using one = bound_convolution<Listed, T, shape<in_channels, Kernel>, Channels, sizes{1, Kernel}, Activation,
                                conv_options{1, 1, Options.groups, 0}>;

  using listed = Listed;
  using scalar = T;
  using activation = Activation;
  using input_shape = Input;
  using output_shape = over_time<steps, shape<Channels>>;
  static constexpr affine_layout layout = all::layout;
  static constexpr std::size_t weight_count = all::weight_count, parameter_count = all::parameter_count, storage = all::storage;
  static constexpr std::size_t fan_in = all::fan_in, fan_out = all::fan_out, multiply_adds = all::multiply_adds;
  static constexpr std::size_t index(std::size_t k) noexcept { return all::index(k); }
  static constexpr bool reads_zeros = history > 0; // before the first step
  static constexpr std::size_t input_channel(std::size_t o, std::size_t i) noexcept { return all::input_channel(o, i); }

  /// The steps that later ones still want, in a ring, whose first rows stand once more behind its last: those of a block are one
  /// behind the other wherever it begins.
  struct state {
    T past[(ring + steps_at_once) * in_channels]{};
    std::size_t at = 0; // where the next step's numbers go

    /// The step `ago` before the next, and those behind it.
    constexpr const T* before(std::size_t ago) const noexcept {
      const std::size_t back = ago * in_channels;
      return past + (at >= back ? at - back : at + ring * in_channels - back);
    }
    constexpr void take(auto a, std::size_t row) noexcept {
      T *const here = past + at, *const again = at < steps_at_once * in_channels ? here + ring * in_channels : here;
      if constexpr (a.foreign)
        for (std::size_t c = 0; c < in_channels; ++c) here[c] = again[c] = a.number(row, c);
      else kernel::copy_numbers<in_channels>(a[row], here), kernel::copy_numbers<in_channels>(a[row], again);
      at += in_channels;
      if (at == ring * in_channels) at = 0;
    }
    friend constexpr bool operator==(const state& a, const state& b) noexcept {
      for (std::size_t ago = 1; ago <= history; ++ago)
        for (std::size_t c = 0; c < in_channels; ++c)
          if (a.before(ago)[c] != b.before(ago)[c]) return false;
      return true;
    }
  };

  /// Every step that it still wants is this one, a number a channel.
  static constexpr std::size_t settled = in_channels;
  static constexpr void settle(state& state, const T* step) noexcept {
    for (std::size_t k = 0; k < (ring + steps_at_once) * in_channels; ++k) state.past[k] = math::flush_denormal(step[k % in_channels]);
  }

  /// The steps that it still wants, the oldest first.
  static constexpr std::size_t remembered = history * in_channels;
  static constexpr void read_state(const state& state, T* numbers) noexcept {
    for (std::size_t k = 0; k < remembered; ++k) numbers[k] = state.before(history - k / in_channels)[k % in_channels];
  }
  static constexpr void write_state(state& state, const T* numbers) noexcept {
    block<T, 1, in_channels> step;
    make_zero(step);
    for (std::size_t t = 0; t < history; ++t) {
      for (std::size_t c = 0; c < in_channels; ++c) step.data[c] = math::flush_denormal(numbers[t * in_channels + c]);
      state.take(as_read(step.view(1)), 0);
    }
  }

  template <std::size_t Samples>
  using inputs = block<T, Samples, seen * in_channels>;
  template <std::size_t Samples>
  using outputs = block<T, Samples, steps * Channels>;
  template <std::size_t Samples>
  using input_rows = rows<const T, Samples, seen * in_channels, inputs<1>::stride>;

  template <class A>
  struct trace : carried<state, A::capacity / Input::steps> {
    static constexpr std::size_t samples = A::capacity / steps;
    inputs<samples> input; // steps without padding between them
    typename all::template trace<input_rows<samples>> inside;
  };
  template <std::size_t Rows>
  using gradient = typename all::template gradient<Rows / steps>;
  template <std::size_t Rows, bool Record>
  static constexpr std::size_t scratch =
      all::template scratch<Rows / steps, Record> + sizeof(inputs<Rows / steps>) + sizeof(outputs<Rows / steps>);

  template <class Trace, class A, class Y>
  static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
    constexpr std::size_t samples = A::capacity / steps;
    const std::size_t count = a.samples() / steps;
    outputs<samples> out;
    if constexpr (recorded<Trace>) {
      gather<history, in_channels>(a, trace.input.view(count));
      trace.for_each_carried([&](std::size_t s, state& state) {
        for (std::size_t t = 0; t < history; ++t) kernel::copy_numbers<in_channels>(state.before(history - t), trace.input.view(count)[s] + t * in_channels);
        for (std::size_t t = 0; t < steps; ++t) state.take(a, s * steps + t);
      });
      all::forward(theta, trace.inside, std::as_const(trace.input).view(count), out.view(count));
    } else {
      inputs<samples> in;
      gather<history, in_channels>(a, in.view(count));
      unrecorded nothing;
      all::forward(theta, nothing, std::as_const(in).view(count), out.view(count));
    }
    scatter<0, Channels>(out.view(count), y);
  }
  static constexpr bool steps_together = true, fills_registers = true;
  [[gnu::always_inline]] static constexpr void step(std::span<const T, storage> theta, state& state, auto a, auto y) noexcept {
    const std::size_t count = a.samples();
    for (std::size_t r = 0; r < count; ++r) state.take(a, r);
    if constexpr (Options.groups == 1) {
      const T* taps[Kernel];
      for (std::size_t k = 0; k < Kernel; ++k) taps[k] = state.before(count + (Kernel - 1 - k) * dilation);
      if constexpr (a.capacity == 1 && !a.foreign) taps[Kernel - 1] = a.data; // which may still be in registers
      kernel::convolve_taps<Activation, typename all::panels>(theta.data() + layout.weights_at(), theta.data(), taps, y);
    } else {
      for (std::size_t r = 0; r < count; ++r) {
        block<T, 1, Kernel * in_channels> window;
        for (std::size_t k = 0; k < Kernel; ++k)
          for (std::size_t c = 0; c < in_channels; ++c)
            window.data[k * in_channels + c] = state.before(count - r + (Kernel - 1 - k) * dilation)[c];
        unrecorded nothing;
        one::forward(theta, nothing, std::as_const(window).view(1), row(y, r));
      }
    }
  }
  template <class Trace, class G, class Gradient>
  static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a, Gradient& grad_z) noexcept {
    outputs<G::capacity / steps> grad;
    const auto gathered = grad.view(grad_a.samples() / steps);
    gather<0, Channels>(grad_a, gathered);
    all::delta(theta, trace.inside, gathered, grad_z);
  }
  template <class Trace, class Gradient>
  static constexpr void accumulate(const Trace& trace, const Gradient& grad_z, std::span<T, storage> grad) noexcept {
    all::accumulate(trace.inside, grad_z, grad);
  }
  template <class Gradient, class G>
  static constexpr void transposed(std::span<const T, storage> theta, const Gradient& grad_z, G grad_a) noexcept {
    inputs<G::capacity / steps> grad;
    const auto gathered = grad.view(grad_a.samples() / steps);
    all::transposed(theta, grad_z, gathered);
    scatter<history, in_channels>(gathered, grad_a);
  }

private:
  /// The steps of each sample without padding between them, behind so many of zeros, and back.
  template <std::size_t zeros, std::size_t N>
  static constexpr void gather(auto from, auto to) noexcept {
    for (std::size_t s = 0; s < to.samples(); ++s) {
      for (std::size_t i = 0; i < zeros * N; ++i) to[s][i] = 0;
      for (std::size_t t = 0; t < steps; ++t)
        for (std::size_t c = 0; c < N; ++c) to[s][(zeros + t) * N + c] = from.number(s * steps + t, c);
    }
    clear_padding(to);
  }
  template <std::size_t zeros, std::size_t N>
  static constexpr void scatter(auto from, auto to) noexcept {
    for (std::size_t s = 0; s < from.samples(); ++s)
      for (std::size_t t = 0; t < steps; ++t)
        for (std::size_t c = 0; c < N; ++c) to[s * steps + t][c] = from[s][(zeros + t) * N + c];
    clear_padding(to);
  }
};

} // namespace inlay::detail
