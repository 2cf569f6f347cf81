#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/layer/norm.hpp"
#include "inlay/pass.hpp"
#include "inlay/statistics.hpp"

namespace inlay {

/// y = w (x − mean) / √(variance + ε) + b, channel by channel, as torch.nn.BatchNorm1d and 2d; Ioffe, Szegedy 2015. A pass that
/// trains takes mean and variance of all positions of the samples that go together: of the whole batch up to
/// 32 samples (`batch_statistics_of`), of even parts of a larger one (in constant evaluation of each by itself). An optimizer's
/// step moves the running ones by Momentum of the way; everything else uses those. Parameters: w, then b; statistics:
/// running_mean, running_var, see get_statistics(). ε and Momentum are std::ratios.
template <class Epsilon = std::ratio<1, 100000>, class Momentum = std::ratio<1, 10>>
struct batch_norm {
  static constexpr description described{
      .name = "batch_norm",
      .header = "inlay/layer/batch_norm.hpp",
      .onnx = "BatchNormalization(x, weight, bias, running_mean, running_var; epsilon=epsilon)"};
  static constexpr void arguments(auto& list) {
    list.template ratio<Epsilon>("epsilon", std::ratio<1, 100000>{});
    list.template ratio<Momentum>("momentum", std::ratio<1, 10>{});
  }

  template <scalar T, class Input>
  struct bind {
    using listed = batch_norm;
    using scalar = T;
    using input_shape = Input;
    using output_shape = Input;
    static constexpr std::size_t size = Input::size, channels = Input::channels, line = padded<T>(channels);
    using affine = detail::scale_and_shift<T, channels>;
    using of_channels = block<T, 1, channels>;
    using channel_row = rows<const T, 1, channels, line>;
    static constexpr std::size_t parameter_count = affine::count, storage = 4 * line, multiply_adds = 0;
    static constexpr std::size_t mean_at = 2 * line, variance_at = 3 * line;
    static constexpr std::array<detail::storage_range, 1> statistics{{{mean_at, 2 * line}}};
    static constexpr std::size_t index(std::size_t k) noexcept { return affine::template index<shape<channels>>(k); }
    static constexpr auto parameters = detail::parameters_of_shape<shape<channels>>("weight", "bias");
    static constexpr auto buffers = detail::parameters_of_shape<shape<channels>>("running_mean", "running_var");
    static constexpr std::size_t statistic_count = 2 * channels;
    static constexpr std::size_t statistic_index(std::size_t k) noexcept {
      return k < channels ? mean_at + k : variance_at + k - channels;
    }
    /// y = factor x + summand of channel c, outside of training.
    static constexpr bool scales_channels = true;
    static constexpr scaling<T> scaling_of(std::span<const T, storage> theta, std::size_t c) noexcept {
      const T factor = theta[c] * detail::over_root<Epsilon, T>(theta[variance_at + c]);
      return {factor, theta[affine::shift_at + c] - theta[mean_at + c] * factor};
    }
    static constexpr void initialize(std::span<T, storage> theta, auto&) noexcept {
      affine::initialize(theta.data());
      for (std::size_t c = 0; c < channels; ++c) theta[mean_at + c] = 0, theta[variance_at + c] = 1;
    }

    template <class A>
    struct trace {
      block<T, A::capacity, size> normal;          // x̂
      of_channels over_deviation, mean_moves, variance_moves; // (running − seen) × momentum × share
      pass of;
      std::size_t samples;
      constexpr void begin(const pass& how) noexcept { of = how; }
    };
    /// ∇x, and what the samples add to ∇w and ∇b.
    template <std::size_t Samples>
    struct gradient {
      block<T, Samples, size> x;
      of_channels w, b;
    };

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, storage> theta, Trace& trace, A a, Y y) noexcept {
      copy_rows(a, y); // a may be the caller's memory, unaligned and without padding
      const auto w = affine::scale(theta.data()), b = affine::shift(theta.data());
      const channel_row mean{theta.data() + mean_at, 1}, variance{theta.data() + variance_at, 1};
      if constexpr (recorded<Trace>) {
        trace.samples = a.samples();
        const auto normal = trace.normal.view(a.samples());
        if (trace.of.training) normalize_by_own(trace, y, normal, mean, variance);
        else normalize(y, normal, mean, variance, trace.over_deviation);
        for_each_part(y, [&](auto part) {
          const auto x = part(y);
          kernel::map_rows([](auto v, auto w, auto b) { return v * w + b; }, x, part(normal), each_of(x, w), each_of(x, b));
        });
      } else {
        of_channels scale, shift;
        kernel::map([](auto w, auto v) { return w * detail::over_root<Epsilon, T>(v); }, scale.view(1), w, variance);
        kernel::map([](auto b, auto m, auto s) { return b - m * s; }, shift.view(1), b, mean, scale.view(1));
        for_each_part(y, [&](auto part) {
          const auto x = part(y);
          kernel::map_rows([](auto v, auto s, auto t) { return v * s + t; }, x, x, each_of(x, scale.view(1)),
                           each_of(x, shift.view(1)));
        });
      }
    }

    // Of running statistics ∇x = w ∇y / √(variance + ε); of the samples' own as in layer_norm.
    template <class Trace, class G, std::size_t Samples>
    static constexpr void delta(std::span<const T, storage> theta, const Trace& trace, G grad_a,
                                gradient<Samples>& grad_z) noexcept {
      const std::size_t count = grad_a.samples();
      const auto w = affine::scale(theta.data());
      const auto normal = trace.normal.view(count);
      const auto to = grad_z.x.view(count);
      make_zero(grad_z.w), make_zero(grad_z.b);
      for_each_part(grad_a, [&](auto part) {
        kernel::sum_rows([](auto g) { return g; }, grad_z.b.view(1), part(grad_a));
        kernel::sum_rows([](auto g, auto n) { return g * n; }, grad_z.w.view(1), part(grad_a), part(normal));
      });
      of_channels mean, along, factor;
      kernel::map([](auto w, auto o) { return w * o; }, factor.view(1), w, trace.over_deviation.view(1));
      const T share = trace.of.training ? T(1) / static_cast<T>(count * Input::positions) : T(0);
      const auto times = [share](auto sum) { return sum * decltype(sum)(share); };
      kernel::map(times, mean.view(1), grad_z.b.view(1));
      kernel::map(times, along.view(1), grad_z.w.view(1));
      for_each_part(grad_a, [&](auto part) {
        const auto x = part(to);
        kernel::map_rows([](auto g, auto m, auto n, auto l, auto f) { return (g - m - n * l) * f; }, x, part(grad_a),
                         each_of(x, mean.view(1)), part(normal), each_of(x, along.view(1)), each_of(x, factor.view(1)));
      });
      clear_padding(to);
    }
    template <class Trace, std::size_t Samples>
    static constexpr void accumulate(const Trace& trace, const gradient<Samples>& grad_z, std::span<T, storage> grad) noexcept {
      const auto add = [&](std::size_t at, const of_channels& what) {
        const rows<T, 1, channels, line> to{grad.data() + at, 1};
        kernel::map([](auto a, auto b) { return a + b; }, to, to, what.view(1));
      };
      add(0, grad_z.w), add(affine::shift_at, grad_z.b);
      if (trace.of.training) add(mean_at, trace.mean_moves), add(variance_at, trace.variance_moves);
    }
    template <std::size_t Samples, class G>
    static constexpr void transposed(std::span<const T, storage>, const gradient<Samples>& grad_z, G grad_a) noexcept {
      kernel::copy(grad_a, grad_z.x.view(grad_a.samples()));
    }

  private:
    /// The same row for each of `like`.
    template <class Rows>
    static constexpr auto each_of(Rows like, auto one) noexcept {
      return rows<const T, Rows::capacity, channels, 0>{one.data, like.samples()};
    }
    /// Calls f(part) where part(rows) is rows of channels: all samples at once, or the positions of one.
    static constexpr void for_each_part(auto all, auto f) noexcept {
      if constexpr (Input::positions == 1) f([](auto rows) { return rows; });
      else
        for (std::size_t s = 0; s < all.samples(); ++s)
          f([s](auto rows) { return detail::positions_of<Input>(rows[s]); });
    }

    /// normal = (y − mean) / √(variance + ε), the factor going to `over`.
    static constexpr void normalize(auto y, auto normal, auto mean, auto variance, of_channels& over) noexcept {
      kernel::map([](auto v) { return detail::over_root<Epsilon, T>(v); }, over.view(1), variance);
      for_each_part(y, [&](auto part) {
        const auto x = part(normal);
        kernel::map_rows([](auto v, auto m, auto o) { return (v - m) * o; }, x, part(y), each_of(x, mean), each_of(x, over.view(1)));
      });
    }
    static constexpr void normalize_by_own(auto& trace, auto y, auto normal, channel_row running_mean,
                                           channel_row running_variance) noexcept {
      const std::size_t count = y.samples() * Input::positions;
      const T one_over = T(1) / static_cast<T>(count);
      of_channels mean, variance;
      make_zero(mean), make_zero(variance);
      for_each_part(y, [&](auto part) { kernel::sum_rows([](auto v) { return v; }, mean.view(1), part(y)); });
      const auto times = [one_over](auto sum) { return sum * decltype(sum)(one_over); };
      kernel::map(times, mean.view(1), mean.view(1));
      for_each_part(y, [&](auto part) {
        const auto x = part(y);
        kernel::sum_rows([](auto v, auto m) { return (v - m) * (v - m); }, variance.view(1), x, each_of(x, mean.view(1)));
      });
      kernel::map(times, variance.view(1), variance.view(1));
      normalize(y, normal, mean.view(1), variance.view(1), trace.over_deviation);
      const T step = detail::epsilon_of<Momentum, T>() * static_cast<T>(trace.of.share);
      const T unbiased = count > 1 ? static_cast<T>(count) / static_cast<T>(count - 1) : T(1); // as PyTorch's running_var
      kernel::map([step](auto running, auto seen) { return (running - seen) * decltype(seen)(step); }, trace.mean_moves.view(1),
                  running_mean, mean.view(1));
      kernel::map([step, unbiased](auto running, auto seen) {
        using V = decltype(seen);
        return (running - seen * V(unbiased)) * V(step);
      },
                  trace.variance_moves.view(1), running_variance, variance.view(1));
    }
  };
};

} // namespace inlay
