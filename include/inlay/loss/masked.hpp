#pragma once

#include "inlay/loss.hpp"

#include <array>

namespace inlay {

/// A target, and what each of its steps counts: 0 one that is left out, 1 one that is not, or any weight from 0 on. Of a net that
/// is no sequence a sample is one step.
template <class Net>
struct masked_target {
  typename Net::output_type target{};
  std::array<typename Net::scalar, Net::output_shape::steps> mask{};

  friend constexpr bool operator==(const masked_target&, const masked_target&) noexcept = default;
};

/// A loss of the steps that count, for sequences of differing length in one batch: the mean over all steps of all samples, each times
/// its mask, (loss * mask).sum() / mask.sum() in PyTorch, where its reduction='none'. `masked<mean_squared_error>{}` with a
/// masked_target<net_t> for each sample. Of a batch that counts nothing, loss and gradient are 0. Classes have ignore_index instead.
template <class Loss>
struct [[gnu::abi_tag(INLAY_INSTRUCTION_SET_TEXT)]] masked {
  Loss loss{}; ///< `masked<huber>{{.5}}`

  using of_steps = Loss;
  static constexpr bool takes_logits = logit_loss<Loss>;
  template <class Activation>
  static constexpr bool enters_at_z = entering_at_z<Loss, Activation>;

  template <class V>
    requires elementwise_loss<Loss, V>
  constexpr value_and_derivative<V> at(V a, V y) const noexcept {
    return loss.at(a, y);
  }
  template <class A, class Target, class G, class T>
  constexpr T value_and_gradient(A a, Target target, G grad, T scale) const noexcept
    requires requires { loss.value_and_gradient(a, target, grad, scale); }
  {
    return loss.value_and_gradient(a, target, grad, scale);
  }
  template <class Activation>
  constexpr auto value_and_gradient_at_z(auto a, auto target, auto grad_z, auto scale) const noexcept {
    return loss.template value_and_gradient_at_z<Activation>(a, target, grad_z, scale);
  }
};

} // namespace inlay
