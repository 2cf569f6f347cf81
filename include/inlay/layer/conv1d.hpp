#pragma once

#include "inlay/layer/affine.hpp"

namespace inlay {

/// A one-dimensional convolution without padding, as torch.nn.Conv1d followed by σ: input <InChannels, Length>, output
/// <Channels, (Length − Dilation (Kernel − 1) − 1) / Stride + 1>. Parameters in order: W [out][in][tap], then b.
/// It is the dense layer's linear map, applied to every window of the input as to a sample of its own.
template <std::size_t Channels, std::size_t Kernel, class Activation = identity, std::size_t Stride = 1,
          std::size_t Dilation = 1>
struct conv1d {
  static constexpr description described{
      .name = "conv1d",
      .header = "inlay/layer/conv1d.hpp",
      .onnx = "Conv(x, weight, bias; kernel_shape=[kernel], strides=[stride], dilations=[dilation])"};
  static constexpr void arguments(auto& list) {
    list.number("channels", Channels), list.number("kernel", Kernel), list.template activation<Activation>();
    list.number("stride", Stride, 1), list.number("dilation", Dilation, 1);
  }

  static constexpr std::size_t reach = Dilation * (Kernel - 1) + 1; ///< inputs that a window spans

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Channels == 0 || Kernel == 0 || Stride == 0 || Dilation == 0)
      return mismatch<refused::every_argument<refused::at_least<1>>, conv1d>{};
    else if constexpr (rowwise_activation<Activation>)
      return mismatch<refused::an_elementwise_activation_and_this_as_a_layer_after_it, Activation>{};
    else if constexpr (Input::rank != 2) return mismatch<refused::channels_by<refused::any_length>, Input>{};
    else if constexpr (Input::extents[1] < reach) return mismatch<refused::channels_by<refused::at_least<reach>>, Input>{};
    else return check_activation<Activation, T>();
  }

  template <scalar T, class Input>
  struct bind : affine_parameters<T, Input::extents[0] * Kernel, Channels> {
    using affine = affine_parameters<T, Input::extents[0] * Kernel, Channels>;
    using typename affine::map;
    using affine::storage, affine::weights_at;
    using listed = conv1d;
    using scalar = T;
    using activation = Activation;
    static constexpr std::size_t in_channels = Input::extents[0], length = Input::extents[1];
    static constexpr std::size_t positions = (length - reach) / Stride + 1;
    static constexpr std::size_t taps = in_channels * Kernel;
    using input_shape = Input;
    using output_shape = shape<Channels, positions>;
    static constexpr parameter parameters[] = {{"weight", {Channels, in_channels, Kernel}}, {"bias", {Channels}}};
    static constexpr std::size_t fan_in = taps, fan_out = Channels * Kernel;
    static constexpr std::size_t multiply_adds = affine::weight_count * positions;

    template <std::size_t Samples>
    using windows = block<T, Samples * positions, taps>; // one row a window
    template <std::size_t Samples>
    using gradient = block<T, Samples * positions, Channels>; // one row a position

    template <std::size_t Samples, bool>
    static constexpr std::size_t scratch = sizeof(gradient<Samples>) + sizeof(windows<Samples>);

    template <class A>
    struct trace : activation_trace<Activation, T, A::capacity * positions, Channels> {
      windows<A::capacity> input;
      std::size_t samples;

      /// A constant for one sample: g++ 12 imagines more positions than there are otherwise, and warns.
      constexpr std::size_t windows_in_use() const noexcept { return A::capacity == 1 ? positions : samples * positions; }
    };

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      if constexpr (recorded<Trace>) {
        trace.samples = a.samples();
        forward_windows(theta, trace, trace.input, a, y);
      } else {
        windows<A::capacity> input;
        forward_windows(theta, trace, input, a, y);
      }
    }

    template <class Trace, class G, class Gradient>
    static constexpr void delta(std::span<const T, storage>, const Trace& trace, G grad_a, Gradient& grad_z) noexcept {
      const auto rows = grad_z.view(grad_a.samples() * positions);
      for (std::size_t s = 0; s < grad_a.samples(); ++s)
        for (std::size_t p = 0; p < positions; ++p)
          for (std::size_t c = 0; c < Channels; ++c) rows[s * positions + p][c] = grad_a[s][c * positions + p];
      trace.delta(rows, rows);
    }

    template <class Trace, class Gradient>
    static constexpr void accumulate(const Trace& trace, const Gradient& grad_z, std::span<T, storage> grad) noexcept {
      const std::size_t count = trace.windows_in_use();
      kernel::accumulate<map>(trace.input.view(count), grad_z.view(count), grad.data() + weights_at, grad.data());
    }

    template <class Gradient, class G>
    static constexpr void transposed(std::span<const T, storage> theta, const Gradient& grad_z, G grad_a) noexcept {
      windows<G::capacity> grad;
      const auto rows = grad.view(grad_a.samples() * positions);
      kernel::transposed<map>(theta.data() + weights_at, grad_z.view(rows.samples()), rows);
      for (std::size_t s = 0; s < grad_a.samples(); ++s) {
        for (std::size_t i = 0; i < G::stride; ++i) grad_a[s][i] = 0;
        for_each_tap([&](std::size_t p, std::size_t tap, std::size_t i) { grad_a[s][i] += rows[s * positions + p][tap]; });
      }
    }

  private:
    /// Calls f(position, tap, input) for every input that a tap of a window reads.
    template <class F>
    static constexpr void for_each_tap(F f) noexcept {
      for (std::size_t p = 0; p < positions; ++p)
        for (std::size_t c = 0; c < in_channels; ++c)
          for (std::size_t k = 0; k < Kernel; ++k) f(p, c * Kernel + k, c * length + p * Stride + k * Dilation);
    }

    template <class Trace, class Windows, class A, class Y>
    static constexpr void forward_windows(std::span<const T, storage> theta, Trace& trace, Windows& input, A a,
                                          Y y) noexcept {
      const auto rows = input.view(a.samples() * positions);
      for (std::size_t s = 0; s < a.samples(); ++s)
        for_each_tap([&](std::size_t p, std::size_t tap, std::size_t i) { rows[s * positions + p][tap] = a.number(s, i); });
      gradient<A::capacity> outputs;
      const auto out = outputs.view(rows.samples());
      affine_forward<Activation, map>(theta.data() + weights_at, theta.data(), trace, rows, out);
      for (std::size_t s = 0; s < a.samples(); ++s)
        for (std::size_t c = 0; c < Channels; ++c)
          for (std::size_t p = 0; p < positions; ++p) y[s][c * positions + p] = out[s * positions + p][c];
    }
  };
};

} // namespace inlay
