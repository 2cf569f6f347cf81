#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/kernel.hpp"
#include "inlay/layer.hpp"
#include "inlay/pass.hpp"
#include "inlay/random.hpp"

#include <ratio>

namespace inlay {

/// While training, each number is zero with the probability Share, the others are multiplied by 1 / (1 − Share); else it
/// passes all on: torch.nn.Dropout; Srivastava et al. 2014. What is dropped is a function of the seed, the number of the sample
/// in its batch, and the place: the same seed gives the same gradient. Share is a std::ratio from 0 to below 1. No parameters.
template <class Share = std::ratio<1, 2>>
struct dropout {
  static constexpr description described{.name = "dropout", .header = "inlay/layer/dropout.hpp", .onnx = "x"};
  static constexpr void arguments(auto& list) { list.template ratio<Share>("share", std::ratio<1, 2>{}); }

  template <scalar T, class Input>
  static constexpr auto check() noexcept {
    if constexpr (Share::num < 0 || Share::num >= Share::den) return mismatch<refused::a_share_from_0_to_below_1, dropout>{};
    else return accepted{};
  }

  template <scalar T, class Input>
  struct bind : parameterless<T, Input> {
    using listed = dropout;
    static constexpr bool random = true, trains_only = true; // the identity outside of training
    static constexpr std::size_t size = Input::size;

    template <class A>
    struct trace {
      block<T, A::capacity, size> factor; // 0 or 1 / (1 − Share)
      pass of;
      constexpr void begin(const pass& how) noexcept { of = how; }
    };
    template <std::size_t Samples>
    using gradient = block<T, Samples, size>;

    template <class Trace, class A, class Y>
    static constexpr void forward(std::span<const T, 0>, Trace& trace, A a, Y y) noexcept {
      copy_rows(a, y); // a may be the caller's memory, unaligned and without padding
      if constexpr (recorded<Trace>) {
        const auto factor = trace.factor.view(a.samples());
        for (std::size_t s = 0; s < a.samples(); ++s) draw(trace.of, s, factor[s]);
        kernel::map([](auto v, auto f) { return v * f; }, y, y, factor);
      }
    }
    template <class Trace, class G, std::size_t Samples>
    static constexpr void delta(std::span<const T, 0>, const Trace& trace, G grad_a, gradient<Samples>& grad_z) noexcept {
      kernel::map([](auto g, auto f) { return g * f; }, grad_z.view(grad_a.samples()), grad_a, trace.factor.view(grad_a.samples()));
    }
    template <class Trace, std::size_t Samples>
    static constexpr void accumulate(const Trace&, const gradient<Samples>&, std::span<T, 0>) noexcept {}
    template <std::size_t Samples, class G>
    static constexpr void transposed(std::span<const T, 0>, const gradient<Samples>& grad_z, G grad_a) noexcept {
      kernel::copy(grad_a, grad_z.view(grad_a.samples()));
    }

  private:
    static constexpr void draw(const pass& of, std::size_t sample, T* factor) noexcept {
      constexpr double share = static_cast<double>(Share::num) / static_cast<double>(Share::den);
      constexpr auto below = static_cast<std::uint64_t>(share * 0x1p53);
      constexpr T kept = static_cast<T>(1 / (1 - share));
      detail::random numbers{of.seed ^ (of.first + sample + 1) * 0x9e3779b97f4a7c15u};
      for (std::size_t i = 0; i < block<T, 1, size>::stride; ++i)
        factor[i] = i >= size ? T(0) : (!of.training || (numbers.next() >> 11) >= below ? (of.training ? kept : T(1)) : T(0));
    }
  };
};

} // namespace inlay
