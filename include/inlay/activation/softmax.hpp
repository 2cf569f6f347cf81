#pragma once

#include "inlay/activation.hpp"
#include "inlay/kernel.hpp"
#include "inlay/math/exponential.hpp"
#include "inlay/math/logarithm.hpp"

namespace inlay {

/// a_i = exp(z_i) / sum_j exp(z_j), over the whole row, with the maximum subtracted; torch.nn.functional.softmax.
/// ∇z = a ⊙ (∇a − a·∇a).
struct softmax {
  static constexpr description described{.name = "softmax",
                                         .header = "inlay/activation/softmax.hpp",
                                         .onnx = "Softmax(z; axis=-1)",
                                         .keras = "softmax"};
  using rowwise = void;
  static constexpr bool symmetric = true; // its Jacobian

  template <class Z, class A>
  static constexpr void forward(Z z, A a) noexcept {
    const auto most = kernel::largest(z);
    kernel::map([most](auto z_i) { return math::exp(z_i - decltype(z_i)(most)); }, a, z);
    const auto total = kernel::sum([](auto a_i) { return a_i; }, a);
    kernel::map([total](auto a_i) { return a_i / decltype(a_i)(total); }, a, a);
  }

  template <class A, class G, class D>
  static constexpr void delta(A a, G grad_a, D grad_z) noexcept {
    const auto dot = kernel::sum([](auto a_i, auto g_i) { return a_i * g_i; }, a, grad_a);
    kernel::map([dot](auto a_i, auto g_i) { return a_i * (g_i - decltype(g_i)(dot)); }, grad_z, a, grad_a);
  }
};

/// a_i = z_i − log sum_j exp(z_j), with the maximum subtracted; torch.nn.functional.log_softmax.
/// ∇z = ∇a − exp(a) sum_j ∇a_j.
struct log_softmax {
  static constexpr description described{.name = "log_softmax",
                                         .header = "inlay/activation/softmax.hpp",
                                         .onnx = "LogSoftmax(z; axis=-1)",
                                         .keras = "log_softmax"};
  using rowwise = void;

  template <class Z, class A>
  static constexpr void forward(Z z, A a) noexcept {
    const auto most = kernel::largest(z);
    const auto total = kernel::sum([most](auto z_i) { return math::exp(z_i - decltype(z_i)(most)); }, z);
    const auto log_total = kernel::of_one([](auto sum) { return math::log(sum); }, total);
    kernel::map([most, log_total](auto z_i) { using math::as_written;
          return as_written(z_i - decltype(z_i)(most)) - decltype(z_i)(log_total); }, a, z);
  }

  template <class A, class G, class D>
  static constexpr void delta(A a, G grad_a, D grad_z) noexcept {
    const auto total = kernel::sum([](auto g_i) { return g_i; }, grad_a);
    kernel::map([total](auto a_i, auto g_i) { return g_i - math::exp(a_i) * decltype(g_i)(total); }, grad_z, a, grad_a);
  }
};

} // namespace inlay
