#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/layer/convolution.hpp"

#include <array>
#include <limits>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// The plan of a pool. A last window that reaches over the end (ceil_mode) has more padding behind.
template <class Input>
constexpr window_plan plan_pool(sizes kernel, pool_options options) noexcept {
  const sizes stride{options.stride.h > 0 ? options.stride.h : kernel.h, options.stride.w > 0 ? options.stride.w : kernel.w};
  window_plan plan = plan_windows<Input>(kernel, stride, options.dilation, options.padding);
  if (options.ceil_mode && plan.fits()) {
    const auto more = [](std::size_t before, std::size_t in, std::size_t after, std::size_t reach, std::size_t stride) {
      std::size_t count = (before + in + after - reach + stride - 1) / stride + 1;
      if ((count - 1) * stride >= in + before) --count; // it must begin before the end
      const std::size_t end = (count - 1) * stride + reach, have = before + in + after;
      return after + (end > have ? end - have : 0);
    };
    plan.after = {more(plan.before.h, plan.height, plan.after.h, plan.reach().h, stride.h),
                  more(plan.before.w, plan.width, plan.after.w, plan.reach().w, stride.w)};
  }
  return plan;
}

/// The numbers of a window of an average along one direction: those of the input, and those of the padding if they count.
constexpr std::size_t counted(std::size_t begin, std::size_t reach, std::size_t before, std::size_t in, std::size_t after,
                              bool with_padding) noexcept {
  const std::size_t first = with_padding ? 0 : before, last = with_padding ? before + in + after : before + in;
  const std::size_t end = begin + reach < last ? begin + reach : last;
  return end - (begin > first ? begin : first);
}

/// 1 over the numbers of each window.
template <class T, bool image, window_plan plan, padding_sizes Padding, bool with_padding>
constexpr auto shares_of_windows() noexcept {
  constexpr std::size_t per_line = plan.outputs().w;
  std::array<T, plan.outputs().h * per_line> shares{};
  for (std::size_t p = 0; p < shares.size(); ++p) {
    const std::size_t h = p / per_line * plan.stride.h, w = p % per_line * plan.stride.w;
    shares[p] = T(1) / static_cast<T>(counted(h, plan.kernel.h, plan.before.h, plan.height, image ? Padding.after.h : 0, with_padding) *
                                      counted(w, plan.kernel.w, plan.before.w, plan.width, Padding.after.w, with_padding));
  }
  return shares;
}

/// What kernel::fold_windows and spread_windows do with a number of a window; see there.
struct larger { // a NaN stays
  template <class V>
  constexpr V operator()(V most, V x) const noexcept {
    using math::select;
    return select(x <= most, most, select(most >= most, x, most));
  }
};
struct as_it_is {
  template <class V>
  constexpr V operator()(V all, std::size_t) const noexcept {
    return all;
  }
};
struct sum {
  template <class V>
  constexpr V operator()(V all, V x) const noexcept {
    return all + x;
  }
};
template <class T>
struct times_share {
  const T* shares;
  template <class V>
  constexpr V operator()(V all, std::size_t p) const noexcept {
    return all * V(shares[p]);
  }
};
struct to_first_largest {
  template <class V>
  constexpr V operator()(std::size_t, V& left, V x, V largest) const noexcept {
    using math::select;
    const V share = select(x >= largest, left, V(0));
    left = select(x >= largest, V(0), left);
    return share;
  }
};
template <class T>
struct to_each {
  const T* shares;
  template <class V>
  constexpr V operator()(std::size_t p, V& left, V, V) const noexcept {
    return left * V(shares[p]);
  }
};

/// A bound pool: its windows are read in place, channel by channel. `largest` or the mean; no parameters.
template <class Listed, scalar T, class Input, class Output, window_plan plan, padding_sizes Padding, bool largest, bool with_padding>
struct bound_pool : parameterless<T, Input, Output> {
  using listed = Listed;
  static constexpr kernel::windows windows = plan.windows(plan.channels, true);
  static constexpr std::size_t size = Output::size, positions = windows.count();
  template <class A>
  using input_of = window_input<T, A, plan>;

  template <class A>
  struct trace {
    struct with_input { // where the largest come from
      input_of<A> input;
      block<T, A::capacity, size> output;
    };
    struct nothing {};
    [[no_unique_address]] std::conditional_t<largest, with_input, nothing> kept;
  };
  /// ∇ by the input in its padding: all that goes back is known in delta.
  template <std::size_t Samples>
  using gradient = block<T, Samples, plan.padded_size()>;
  template <std::size_t Samples, bool>
  static constexpr std::size_t scratch = sizeof(gradient<Samples>);

  template <class Trace, class A, class Y>
  static constexpr void forward(std::span<const T, 0>, Trace& trace, A a, Y y) noexcept {
    if constexpr (recorded<Trace> && largest) {
      fold(trace.kept.input, a, y);
      copy_rows(y, trace.kept.output.view(a.samples()));
    } else {
      input_of<A> input;
      fold(input, a, y);
    }
  }
  template <class Trace, class G, std::size_t Samples>
  static constexpr void delta(std::span<const T, 0>, const Trace& trace, G grad_a, gradient<Samples>& grad_z) noexcept {
    const auto grad = grad_z.view(grad_a.samples());
    for (std::size_t s = 0; s < grad_a.samples(); ++s) {
      for (std::size_t i = 0; i < gradient<Samples>::stride; ++i) grad[s][i] = 0;
      if constexpr (largest)
        kernel::spread_windows<windows>(to_first_largest{}, trace.kept.input[s], trace.kept.output.view(grad_a.samples())[s],
                                        grad_a[s], grad[s]);
      else kernel::spread_windows<windows>(to_each<T>{shares.data()}, grad[s], grad_a[s], grad_a[s], grad[s]);
    }
  }
  template <class Trace, std::size_t Samples>
  static constexpr void accumulate(const Trace&, const gradient<Samples>&, std::span<T, 0>) noexcept {}
  template <std::size_t Samples, class G>
  static constexpr void transposed(std::span<const T, 0>, const gradient<Samples>& grad_z, G grad_a) noexcept {
    plan.crop(grad_z.view(grad_a.samples()), grad_a);
    clear_padding(grad_a);
  }

private:
  /// 1 over the numbers of each window.
  static constexpr std::array<T, positions> shares = shares_of_windows<T, Input::rank == 3, plan, Padding, with_padding>();

  template <class A, class Y>
  static constexpr void fold(auto& input, A a, Y y) noexcept {
    input.take(a, T(largest ? -math::infinity<math::scalar_of<T>> : 0));
    for (std::size_t s = 0; s < a.samples(); ++s)
      if constexpr (largest)
        kernel::fold_windows<windows>(larger{}, as_it_is{}, T(-math::infinity<math::scalar_of<T>>), input[s], y[s]);
      else kernel::fold_windows<windows>(sum{}, times_share<T>{shares.data()}, T(0), input[s], y[s]);
    clear_padding(y);
  }
};

/// Options in one dimension, where the width counts.
constexpr pool_options along_line(pool_options options) noexcept {
  options.stride.h = 0, options.dilation.h = 1;
  options.padding.before.h = options.padding.after.h = 0;
  return options;
}

template <class Input, window_plan plan>
struct pooled {
  using type = image_or_line<Input::extents[0], Input::rank, plan.outputs().h, plan.outputs().w>;
};

/// What is wrong with a pool over an input.
template <class Listed, class Input, sizes Kernel, pool_options Options, class Wanted>
constexpr auto check_pool() noexcept {
  constexpr sizes before = Options.padding.before, after = Options.padding.after;
  if constexpr (Kernel.h == 0 || Kernel.w == 0 || Options.dilation.h == 0 || Options.dilation.w == 0)
    return mismatch<refused::every_argument<refused::at_least<1>>, Listed>{};
  else if constexpr (!std::same_as<Wanted, accepted>) return mismatch<Wanted, Input>{};
  else if constexpr ((Input::rank == 3 && (2 * before.h > Kernel.h || 2 * after.h > Kernel.h)) || 2 * before.w > Kernel.w ||
                     2 * after.w > Kernel.w || Options.padding.keeps)
    return mismatch<refused::a_padding_of_at_most_half_the_kernel, Listed>{};
  else {
    constexpr window_plan plan = plan_pool<Input>(Kernel, Options);
    if constexpr (!plan.fits()) {
      using least_width = refused::at_least<plan.reach().w - (before.w + after.w)>;
      if constexpr (Input::rank == 3)
        return mismatch<refused::channels_by<refused::at_least<plan.reach().h - (before.h + after.h)>, least_width>, Input>{};
      else return mismatch<refused::channels_by<least_width>, Input>{};
    } else return accepted{};
  }
}

} // namespace inlay::detail
