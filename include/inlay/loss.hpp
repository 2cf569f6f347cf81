#pragma once

#include "inlay/activation.hpp"
#include "inlay/kernel.hpp"
#include "inlay/refusal/require.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <span>

namespace inlay {
struct sigmoid;
struct softmax;
struct hard_sigmoid;
struct fast_sigmoid;
}

namespace inlay::inline INLAY_INSTRUCTION_SET {

// A loss is a small value. One that is the mean over the outputs of a function of an output and its target, a number, has
//
//     at(a, y)                           that function's value and its derivative by a, as a value_and_derivative<V>: a
//                                        const or static template over V, scalars and registers (examples/10_loss.cpp)
//
// and nothing else. Any other has
//
//     encode_target<T, N>(target, into)         the target as a row of N numbers T
//     value_and_gradient(a, target, ∇a, scale)  the loss of one sample, and ∇a = scale * its gradient
//
// and, where that is simplest behind the last layer's σ, `enters_at_z<σ>` and value_and_gradient_at_z<σ>(a, target, ∇z, scale).
// `takes_logits` says that the loss has a σ of its own, and is refused behind one that makes probabilities;
// `weight(k)` what a sample of class k counts in the mean over a batch, where that is not 1; `ignore_index` the class that
// counts nothing.

/// A loss that is one function `at(a, y)`.
template <class Loss, class V = float>
concept elementwise_loss = requires(const Loss& loss, V v) {
  { loss.at(v, v) } -> std::same_as<value_and_derivative<V>>;
};

template <class Loss, class Activation>
concept entering_at_z = requires { requires Loss::template enters_at_z<Activation>; };

/// A loss that wants what comes before a sigmoid or softmax.
template <class Loss>
concept logit_loss = requires { requires Loss::takes_logits; };

/// σ whose outputs are probabilities. Taken for logits, those from 0 to 1 hardly tell one class from another.
template <class Activation>
inline constexpr bool makes_probabilities = std::same_as<Activation, sigmoid> || std::same_as<Activation, softmax> ||
                                            std::same_as<Activation, hard_sigmoid> || std::same_as<Activation, fast_sigmoid>;
template <class... Heads>
inline constexpr bool makes_probabilities<activations_of_heads<Heads...>> = (... || makes_probabilities<typename Heads::activation>);
template <class Activation>
concept probabilities_activation = makes_probabilities<Activation>;

/// Base of a loss whose target may be a number for each output.
struct numbers_target {
  template <class T, std::size_t N, class Row>
  static constexpr void encode_target(std::span<const T, N> target, Row into) noexcept {
    kernel::copy_rows(rows<const T, 1, N, N>{target.data(), 1}, into);
  }
};

/// What PyTorch leaves out of the mean over classes unless another index is said.
inline constexpr long long ignored_class = -100;

/// The rows of a loss whose target is a class, by its index or as the probabilities of all.
struct class_target : numbers_target {
  using numbers_target::encode_target;
  template <class T, std::size_t N, class Row>
  static constexpr void encode_target(std::size_t target, Row into) noexcept {
    detail::require(target < N, "target", "a class index below the number of outputs,", N, target);
    for (std::size_t i = 0; i < Row::stride; ++i) into.data[i] = i == target ? T(1) : T(0);
  }
};

} // namespace inlay

namespace inlay {

/// A loss of classes in which class k counts weights[k] times, as the `weight` of torch.nn.CrossEntropyLoss: the mean over
/// a batch of class indices is divided by the sum of their weights (of probabilities by their number). Of a batch that
/// weighs nothing, loss and gradient are 0; PyTorch has NaN.
template <class Loss, std::size_t N>
struct [[gnu::abi_tag(INLAY_INSTRUCTION_SET_TEXT)]] class_weighted {
  std::array<double, N> weights;
  long long ignore_index = ignored_class; ///< as that of the Loss

  static constexpr std::size_t classes = N;
  static constexpr bool takes_logits = logit_loss<Loss>;
  template <class Activation>
  static constexpr bool enters_at_z =
      entering_at_z<Loss, Activation> && !std::same_as<Activation, sigmoid>; // whose outputs are no classes

  constexpr double weight(std::size_t k) const noexcept {
    detail::require(k < N, "target", "a class index below the number of outputs,", N, k);
    return weights[k];
  }

  template <class T, std::size_t M, class Target, class Row>
    requires(M == N)
  constexpr void encode_target(Target target, Row into) const noexcept {
    Loss::template encode_target<T, N>(target, into);
    for (std::size_t i = 0; i < N; ++i) into.data[i] *= static_cast<T>(weights[i]);
  }
  template <class A, class Target, class G, class T>
  constexpr T value_and_gradient(A a, Target target, G grad, T scale) const noexcept
    requires requires { Loss::value_and_gradient(a, target, grad, scale); }
  {
    return Loss::value_and_gradient(a, target, grad, scale);
  }
  template <class Activation>
  constexpr auto value_and_gradient_at_z(auto a, auto target, auto grad_z, auto scale) const noexcept {
    return Loss::template value_and_gradient_at_z<Activation>(a, target, grad_z, scale);
  }
};

} // namespace inlay

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// The loss of one sample, and ∇a = scale * its gradient.
template <class Loss, class A, class Target, class G, class T>
constexpr T value_and_gradient_of(const Loss& loss, A a, Target target, G grad, T scale) noexcept {
  if constexpr (elementwise_loss<Loss, T>) {
    constexpr T mean = T(1) / T(A::size);
    return mean * kernel::value_and_gradient([loss](auto a_i, auto y_i) { return loss.at(a_i, y_i); }, a, target, grad, scale * mean);
  } else {
    return loss.value_and_gradient(a, target, grad, scale);
  }
}

/// What a batch is divided by, as a factor: 1 over the weights of its targets.
template <class T>
constexpr T one_over(double weights) noexcept {
  return weights > 0 ? static_cast<T>(1 / weights) : T(0);
}

} // namespace inlay::detail
