#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/layer/norm.hpp"

namespace inlay {

/// y = w (x − mean) / √(variance + ε) + b with the mean and variance of each of Groups groups of channels, over all positions of
/// a sample, as torch.nn.GroupNorm; Wu, He 2018. As many groups as channels are an instance norm. Parameters: w, then b, of the
/// channels. ε is a std::ratio.
template <std::size_t Groups, class Epsilon = std::ratio<1, 100000>>
struct group_norm {
  static constexpr description described{
      .name = "group_norm",
      .header = "inlay/layer/group_norm.hpp",
      .onnx = "Add(Mul(Reshape(Div("
              "Sub(Reshape(x, [0, groups, -1]), ReduceMean(Reshape(x, [0, groups, -1]); axes=[2], keepdims=1)), Sqrt(Add(ReduceMean(Mul("
              "Sub(Reshape(x, [0, groups, -1]), ReduceMean(Reshape(x, [0, groups, -1]); axes=[2], keepdims=1)), "
              "Sub(Reshape(x, [0, groups, -1]), ReduceMean(Reshape(x, [0, groups, -1]); axes=[2], keepdims=1))); axes=[2], keepdims=1), "
              "epsilon))), extents), Reshape(weight, by_channel)), Reshape(bias, by_channel))"};
  static constexpr void arguments(auto& list) {
    list.number("groups", Groups);
    list.template ratio<Epsilon>("epsilon", std::ratio<1, 100000>{});
  }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Groups == 0) return mismatch<refused::every_argument<refused::at_least<1>>, group_norm>{};
    else if constexpr (Input::channels % Groups != 0) return mismatch<refused::groups_that_divide_the_channels, Input>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind {
    using listed = group_norm;
    using scalar = T;
    using input_shape = Input;
    using output_shape = Input;
    static constexpr std::size_t size = Input::size, channels = Input::channels, each = channels / Groups;
    using affine = detail::scale_and_shift<T, channels>;
    static constexpr std::size_t parameter_count = affine::count, storage = affine::storage, multiply_adds = 0;
    static constexpr std::size_t index(std::size_t k) noexcept { return affine::template index<shape<channels>>(k); }
    static constexpr auto parameters = detail::parameters_of_shape<shape<channels>>("weight", "bias");
    static constexpr void initialize(std::span<T, storage> theta, auto&) noexcept { affine::initialize(theta.data()); }

    using of_channels = block<T, 1, channels>;

    template <class A>
    struct trace {
      block<T, A::capacity, size> normal; // x̂
      block<T, A::capacity, channels> over_deviation;
      std::size_t samples;
    };
    /// ∇x, and for each sample what the channels add to ∇w and ∇b.
    template <std::size_t Samples>
    struct gradient {
      block<T, Samples, size> x;
      block<T, Samples, channels> w, b;
    };

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      copy_rows(a, y); // a may be the caller's memory, unaligned and without padding
      if constexpr (recorded<Trace>) trace.samples = a.samples();
      for (std::size_t s = 0; s < a.samples(); ++s) {
        const auto x = detail::positions_of<Input>(y[s]);
        of_channels mean = zeros(), over = zeros();
        kernel::sum_rows([](auto v) { return v; }, mean.view(1), x);
        share_in_groups(mean, [](auto sum) { return sum * decltype(sum)(one_over); });
        kernel::sum_rows([](auto v, auto m) { return (v - m) * (v - m); }, over.view(1), x,
                         detail::repeated<Input::positions>(mean));
        share_in_groups(over, [](auto sum) { return detail::over_root<Epsilon, T>(sum * decltype(sum)(one_over)); });
        kernel::map_rows([](auto v, auto m, auto o) { return (v - m) * o; }, x, x, detail::repeated<Input::positions>(mean),
                         detail::repeated<Input::positions>(over));
        if constexpr (recorded<Trace>) {
          kernel::copy(row(trace.normal.view(a.samples()), s), row(y, s));
          kernel::copy(row(trace.over_deviation.view(a.samples()), s), over.view(1));
        }
        kernel::map_rows([](auto v, auto w, auto b) { return v * w + b; }, x, x, each_position(affine::scale(theta.data())),
                         each_position(affine::shift(theta.data())));
      }
    }

    // ∇x = (∇x̂ − mean(∇x̂) − x̂ mean(∇x̂ x̂)) / √(variance + ε), ∇x̂ = w ∇y, means over a group
    template <class Trace, class G, std::size_t Samples>
    static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a,
                                gradient<Samples>& grad_z) noexcept {
      const std::size_t count = grad_a.samples();
      for (std::size_t s = 0; s < count; ++s) {
        const auto grad = detail::positions_of<Input>(grad_a[s]);
        const auto normal = detail::positions_of<Input>(trace.normal.view(count)[s]);
        const auto w = row(grad_z.w.view(count), s), b = row(grad_z.b.view(count), s);
        clear(w), clear(b);
        kernel::sum_rows([](auto g) { return g; }, b, grad);
        kernel::sum_rows([](auto g, auto n) { return g * n; }, w, grad, normal);
        of_channels mean, along;
        const auto times = [](auto sum, auto w) { return sum * w; };
        kernel::map(times, mean.view(1), b, affine::scale(theta.data()));
        kernel::map(times, along.view(1), w, affine::scale(theta.data()));
        share_in_groups(mean, [](auto sum) { return sum * decltype(sum)(one_over); });
        share_in_groups(along, [](auto sum) { return sum * decltype(sum)(one_over); });
        kernel::map_rows([](auto g, auto w, auto m, auto n, auto l, auto o) { return (g * w - m - n * l) * o; },
                         detail::positions_of<Input>(grad_z.x.view(count)[s]), grad,
                         each_position(affine::scale(theta.data())), detail::repeated<Input::positions>(mean), normal,
                         detail::repeated<Input::positions>(along),
                         each_position(row(trace.over_deviation.view(count), s)));
      }
      clear_padding(grad_z.x.view(count));
    }
    template <class Trace, std::size_t Samples>
    static constexpr void accumulate(const Trace& trace, const gradient<Samples>& grad_z, std::span<T, storage> grad) noexcept {
      const rows<T, 1, channels, padded<T>(channels)> w{grad.data(), 1}, b{grad.data() + affine::shift_at, 1};
      kernel::sum_rows([](auto g) { return g; }, w, grad_z.w.view(trace.samples));
      kernel::sum_rows([](auto g) { return g; }, b, grad_z.b.view(trace.samples));
    }
    template <std::size_t Samples, class G>
    static constexpr void transposed(std::span<const T, storage>, const gradient<Samples>& grad_z, G grad_a) noexcept {
      kernel::copy(grad_a, grad_z.x.view(grad_a.samples()));
    }

  private:
    static constexpr T one_over = T(1) / T(each * Input::positions);

    static constexpr of_channels zeros() noexcept {
      of_channels all;
      make_zero(all);
      return all;
    }
    static constexpr void clear(auto one) noexcept {
      kernel::map([](auto v) { return decltype(v)(T(0)); }, one, one);
    }
    static constexpr auto each_position(auto one) noexcept {
      return rows<const T, Input::positions, channels, 0>{one.data, Input::positions};
    }
    /// Every channel gets f(the sum over its group).
    static constexpr void share_in_groups(of_channels& of, auto f) noexcept {
      for (std::size_t g = 0; g < Groups; ++g) {
        T sum = 0;
        for (std::size_t c = g * each; c < (g + 1) * each; ++c) sum += of.data[c];
        for (std::size_t c = g * each; c < (g + 1) * each; ++c) of.data[c] = sum;
      }
      for (std::size_t c = channels; c < of_channels::stride; ++c) of.data[c] = 0;
      kernel::map(f, of.view(1), of.view(1));
    }
  };
};

} // namespace inlay
