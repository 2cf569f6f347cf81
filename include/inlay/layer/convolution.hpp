#pragma once

#include "inlay/layer/affine.hpp"
#include "inlay/layer/conv_options.hpp"
#include "inlay/kernel/windows.hpp"

#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A convolution's or a pool's numbers, worked out: the input <channels, height, width>, of height 1 in one dimension; its
/// kernel; where its windows are in the padded input.
struct window_plan {
  std::size_t channels, height, width;
  sizes kernel, stride, dilation, before, after;

  constexpr sizes padded() const noexcept {
    return {before.h + height + after.h, before.w + width + after.w};
  }
  constexpr sizes reach() const noexcept { return {dilation.h * (kernel.h - 1) + 1, dilation.w * (kernel.w - 1) + 1}; }
  constexpr bool fits() const noexcept { return padded().h >= reach().h && padded().w >= reach().w; }
  constexpr sizes outputs() const noexcept {
    return {(padded().h - reach().h) / stride.h + 1, (padded().w - reach().w) / stride.w + 1};
  }
  constexpr std::size_t taps() const noexcept { return kernel.h * kernel.w; }
  constexpr bool is_padded() const noexcept { return padded() != sizes(height, width); }
  constexpr std::size_t padded_size() const noexcept { return padded().h * padded().w * channels; }

  /// Windows of `group` of the channels. Taps side by side are one run where nothing lies between them.
  constexpr kernel::windows windows(std::size_t group, bool tap_by_tap = false) const noexcept {
    const std::size_t line = padded().w * channels;
    const bool whole = group == channels && dilation.w == 1 && !tap_by_tap;
    return {.lines = outputs().h,
            .per_line = outputs().w,
            .line_step = stride.h * line,
            .step = stride.w * channels,
            .runs = kernel.h * (whole ? 1 : kernel.w),
            .runs_in_line = whole ? 1 : kernel.w,
            .run = whole ? kernel.w * group : group,
            .run_line_step = dilation.h * line,
            .run_step = dilation.w * channels,
            .channels = group};
  }

  /// to = from with a number around, zero or another; rows of ours.
  template <class From, class To, class T = typename To::element>
  constexpr void pad(From from, To to, T around = 0) const noexcept {
    const std::size_t line = width * channels, wide = padded().w * channels;
    for (std::size_t s = 0; s < from.samples(); ++s) {
      for (std::size_t i = 0; i < To::stride; ++i) to[s][i] = i < To::size ? around : T(0);
      for (std::size_t h = 0; h < height; ++h)
        for (std::size_t i = 0; i < line; ++i)
          to[s][(before.h + h) * wide + before.w * channels + i] = from.number(s, h * line + i);
    }
  }
  /// to = what of `from` is no padding.
  template <class From, class To>
  constexpr void crop(From from, To to) const noexcept {
    const std::size_t line = width * channels, wide = padded().w * channels;
    for (std::size_t s = 0; s < to.samples(); ++s)
      for (std::size_t h = 0; h < height; ++h)
        for (std::size_t i = 0; i < line; ++i)
          to[s][h * line + i] = from[s][(before.h + h) * wide + before.w * channels + i];
  }
};

/// The plan of a kernel over a shape <channels, length> or <channels, height, width>.
template <class Input>
constexpr window_plan plan_windows(sizes kernel, sizes stride, sizes dilation, padding_sizes padding) noexcept {
  constexpr bool image = Input::rank == 3;
  const padding_sizes zeros = padding.of(kernel, dilation);
  window_plan plan{Input::extents[0],
                   image ? Input::extents[1] : 1,
                   Input::extents[Input::rank - 1],
                   kernel,
                   stride,
                   dilation,
                   zeros.before,
                   zeros.after};
  if (!image) plan.before.h = plan.after.h = 0;
  return plan;
}

/// The output of a plan, of the input's rank.
template <std::size_t Channels, std::size_t rank, std::size_t height, std::size_t width>
using image_or_line = std::conditional_t<rank == 3, shape<Channels, height, width>, shape<Channels, width>>;

/// The input of a layer of windows, where its windows can be read in place: the caller's rows are copied, for their denormals
/// and where zeros come around them.
template <class T, class A, window_plan plan>
struct window_input {
  A rows;
  static constexpr std::size_t stride = A::stride;
  constexpr void take(A a, T = 0) noexcept { rows = a; }
  constexpr const T* operator[](std::size_t s) const noexcept { return rows[s]; }
};
template <class T, class A, window_plan plan>
  requires(A::foreign || plan.is_padded())
struct window_input<T, A, plan> {
  block<T, A::capacity, plan.padded_size()> numbers;
  constexpr void take(A a, T around = 0) noexcept { plan.pad(a, numbers.view(a.samples()), around); }
  constexpr const T* operator[](std::size_t s) const noexcept { return numbers.data + s * numbers.stride; }
};

/// How the channels of a convolution are grouped. A map is linear, of one group; a depthwise convolution is one for all.
struct channel_groups {
  std::size_t in, out, groups;

  constexpr bool depthwise() const noexcept { return groups > 1 && groups == in && groups == out; }
  constexpr std::size_t maps() const noexcept { return depthwise() ? 1 : groups; }
  constexpr std::size_t map_in() const noexcept { return in / groups; }
  constexpr std::size_t map_out() const noexcept { return out / maps(); }
  /// Of the parameters, in cache lines of so many numbers.
  constexpr affine_layout layout(std::size_t taps, std::size_t line) const noexcept {
    return {{taps * map_in(), map_out(), line}, map_in(), maps()};
  }
};

/// A bound convolution: the same linear map of every window, read in place; W [out][in / groups][taps], then b.
template <class Listed, scalar T, class Input, std::size_t Channels, sizes Kernel, class Activation, conv_options Options>
struct bound_convolution {
  static constexpr window_plan plan = plan_windows<Input>(Kernel, Options.stride, Options.dilation, Options.padding);
  static constexpr std::size_t in_channels = Input::extents[0], taps = plan.taps(), positions = plan.outputs().h * plan.outputs().w;
  static constexpr channel_groups grouped{in_channels, Channels, Options.groups};
  static constexpr bool depthwise = grouped.depthwise();
  static constexpr std::size_t groups = grouped.maps(), group_in = grouped.map_in(), group_out = grouped.map_out();

  using listed = Listed;
  using scalar = T;
  using activation = Activation;
  using input_shape = Input;
  using output_shape = image_or_line<Channels, Input::rank, plan.outputs().h, plan.outputs().w>;
  using panels = kernel::panels<T, taps * group_in, group_out>; ///< of each group
  static constexpr affine_layout layout = grouped.layout(taps, panels::layout.line);
  static constexpr std::size_t weight_count = layout.weight_count(), parameter_count = layout.parameter_count();
  static constexpr std::size_t storage = layout.storage(), group_storage = storage / groups;
  static constexpr std::size_t fan_in = taps * group_in, fan_out = Channels * taps;
  static constexpr std::size_t multiply_adds = weight_count * positions;
  static constexpr bool reads_zeros = plan.is_padded(); // around its input
  /// The channel of the input that W[o][i] multiplies.
  static constexpr std::size_t input_channel(std::size_t o, std::size_t i) noexcept {
    return o / (Channels / Options.groups) * (in_channels / Options.groups) + i / taps;
  }
  static constexpr std::size_t index(std::size_t k) noexcept { return layout.index(k); }

  static constexpr kernel::windows windows = plan.windows(depthwise ? in_channels : group_in, depthwise);
  static constexpr std::size_t size = output_shape::size;
  template <class A>
  using input_of = window_input<T, A, plan>;

  template <std::size_t Samples>
  using gradient = block<T, Samples, size>;
  template <class A>
  struct trace : activation_trace<Activation, T, A::capacity, size> {
    input_of<A> input;
    std::size_t samples;
    constexpr std::size_t in_use() const noexcept { return A::capacity == 1 ? 1 : samples; }
  };

  template <std::size_t Samples, bool Record>
  static constexpr std::size_t scratch = (Record && !plan.is_padded() ? 0 : sizeof(block<T, Samples, plan.padded_size()>)) +
                                         (Record ? kernel::transposed_bytes<panels, T> : 0);

  template <class Trace, class A, class Y>
  static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
    if constexpr (recorded<Trace>) {
      trace.samples = a.samples();
      trace.input.take(a);
      if constexpr (std::same_as<Activation, identity>) forward_samples<Activation>(theta, theta, trace.input, a.samples(), y, nullptr);
      else {
        forward_samples<Activation>(theta, theta, trace.input, a.samples(), y, trace.derivative.view(a.samples()));
        clear_padding(trace.derivative.view(a.samples()));
      }
    } else {
      input_of<A> input;
      input.take(a);
      forward_samples<Activation>(theta, theta, input, a.samples(), y, nullptr);
    }
    clear_padding(y);
  }

  template <class Trace, class G, class Gradient>
  static constexpr void delta(std::span<const T, storage>, const Trace& trace, G grad_a, Gradient& grad_z) noexcept {
    trace.delta(grad_a, grad_z.view(grad_a.samples()));
  }

  static constexpr bool carries_tangents = true, bends = true;
  template <class A>
  static constexpr void tangent(std::span<const T, storage> theta, const auto& trace, auto, A tangent_a, auto tangent_y, auto of) noexcept {
    input_of<A> directions;
    directions.take(tangent_a);
    forward_samples<identity>(theta, &no_biases, directions, tangent_a.samples(), tangent_y, nullptr);
    clear_padding(tangent_y);
    if constexpr (!std::same_as<decltype(of), uncurved> && !std::same_as<Activation, identity>) {
      block<T, 1, size> z;
      forward_samples<identity>(theta, theta, trace.input, 1, z.view(1), nullptr);
      clear_padding(z.view(1));
      of.template add<Activation>(z.view(1), tangent_y);
    }
    trace.tangent(tangent_y);
  }
  static constexpr void delta_of_directions(std::span<const T, storage>, const auto& trace, auto grad_a, auto& grad_z) noexcept {
    kernel::copy(grad_z.view(grad_a.samples()), as_read(grad_a));
    trace.tangent(grad_z.view(grad_a.samples()));
  }

  template <class Trace, class Gradient>
  static constexpr void accumulate(const Trace& trace, const Gradient& grad_z, std::span<T, storage> grad) noexcept {
    for (std::size_t s = 0; s < trace.in_use(); ++s)
      for (std::size_t g = 0; g < groups; ++g) {
        T* const own = grad.data() + g * group_storage;
        const T *const x = trace.input[s] + g * group_in, *const d = grad_z.view(trace.in_use())[s] + g * group_out;
        if constexpr (depthwise) kernel::accumulate_depthwise<panels, windows>(x, d, own + layout.weights_at(), own);
        else kernel::accumulate_windows<panels, windows>(x, d, Channels, own + layout.weights_at(), own);
      }
  }

  // Inline, or g++ 12 takes a ∇z behind a reference for uninitialized.
  template <class Gradient, class G>
  [[gnu::always_inline]] static constexpr void transposed(std::span<const T, storage> theta, const Gradient& gradient_z, G grad_a) noexcept {
    const auto grad_z = gradient_z.view(grad_a.samples());
    if constexpr (plan.is_padded()) {
      block<T, G::capacity, plan.padded_size()> wide;
      transposed_samples(theta, grad_z, wide.view(grad_a.samples()));
      plan.crop(wide.view(grad_a.samples()), grad_a);
      clear_padding(grad_a);
    } else {
      transposed_samples(theta, grad_z, grad_a);
    }
  }

private:
  static constexpr auto row_of(std::nullptr_t, std::size_t) noexcept { return nullptr; }
  static constexpr auto row_of(auto rows, std::size_t s) noexcept { return rows[s]; }
  static constexpr auto moved(std::nullptr_t, std::size_t) noexcept { return nullptr; }
  static constexpr auto moved(T* p, std::size_t by) noexcept { return p + by; }

  /// y = σ(windows W + b), where the b of group g is `biases` from g group_storage on.
  template <class Sigma, class Y>
  static constexpr void forward_samples(std::span<const T, storage> theta, auto biases, const auto& input, std::size_t count, Y y,
                                        auto derivative) noexcept {
    for (std::size_t s = 0; s < count; ++s)
      for (std::size_t g = 0; g < groups; ++g) {
        const T *const w = theta.data() + g * group_storage + layout.weights_at(), *const x = input[s] + g * group_in;
        const T* const b = bias_of(biases, g);
        const auto slope = moved(row_of(derivative, s), g * group_out);
        if constexpr (depthwise) kernel::convolve_depthwise<Sigma, panels, windows>(w, b, x, y[s], slope);
        else kernel::convolve<Sigma, panels, windows>(w, b, x, y[s] + g * group_out, slope, Channels);
      }
  }
  static constexpr const auto& no_biases = zeros<T, grouped.map_out()>;
  static constexpr const T* bias_of(std::span<const T, storage> theta, std::size_t g) noexcept { return theta.data() + g * group_storage; }
  static constexpr const T* bias_of(decltype(&no_biases) none, std::size_t) noexcept { return none->data; }

  template <class G>
  static constexpr void transposed_samples(std::span<const T, storage> theta, auto grad_z, G grad) noexcept {
    for (std::size_t s = 0; s < grad.samples(); ++s) {
      for (std::size_t i = 0; i < G::stride; ++i) grad[s][i] = 0;
      for (std::size_t g = 0; g < groups; ++g) {
        const T *const own = theta.data() + g * group_storage + layout.weights_at(),
                       *const d = grad_z[s] + g * group_out;
        if constexpr (depthwise) kernel::transposed_depthwise<panels, windows>(own, d, grad[s]);
        else kernel::transposed_windows<panels, windows>(own, d, Channels, grad[s] + g * group_in);
      }
    }
  }
};

/// What is wrong with a convolution over an input, in the order in which one would say it.
template <class Listed, class T, class Input, std::size_t Channels, sizes Kernel, class Activation, conv_options Options, class Wanted>
constexpr auto check_convolution() noexcept {
  constexpr sizes stride = Options.stride, dilation = Options.dilation;
  using at_least_1 = refused::every_argument<refused::at_least<1>>;
  if constexpr (Channels == 0 || Kernel.h == 0 || Kernel.w == 0 || Options.groups == 0) return mismatch<at_least_1, Listed>{};
  else if constexpr (stride.h == 0 || stride.w == 0) return mismatch<at_least_1, refused::stride<stride.h, stride.w>>{};
  else if constexpr (dilation.h == 0 || dilation.w == 0) return mismatch<at_least_1, refused::dilation<dilation.h, dilation.w>>{};
  else if constexpr (rowwise_activation<Activation>)
    return mismatch<refused::an_elementwise_activation_and_this_as_a_layer_after_it, Activation>{};
  else if constexpr (!std::same_as<Wanted, accepted>) return mismatch<Wanted, Input>{};
  else if constexpr (Options.padding.keeps && stride != sizes(1))
    return mismatch<refused::a_stride_of_1_for_padding_same, refused::stride<stride.h, stride.w>>{};
  else if constexpr (Channels % Options.groups != 0 || Input::extents[0] % Options.groups != 0)
    return mismatch<refused::groups_that_divide_the_channels_of_both_sides, refused::groups_between<Options.groups, Input::extents[0], Channels>>{};
  else {
    constexpr window_plan plan = plan_windows<Input>(Kernel, stride, dilation, Options.padding);
    if constexpr (!plan.fits()) {
      using least_width = refused::at_least<plan.reach().w - (plan.padded().w - plan.width)>;
      if constexpr (Input::rank == 3)
        return mismatch<refused::channels_by<refused::at_least<plan.reach().h - (plan.padded().h - plan.height)>, least_width>, Input>{};
      else return mismatch<refused::channels_by<least_width>, Input>{};
    } else return check_activation<Activation, T>();
  }
}

} // namespace inlay::detail
