#pragma once

#include "inlay/loss.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

template <class T, std::size_t N>
using head_row = rows<T, 1, N, padded<T>(N)>;

/// A loss whose target may be the index of one of the classes of a head; a sigmoid's outputs are none.
template <class Loss, class Head, class T>
concept loss_of_classes = !std::same_as<typename Head::activation, sigmoid> && requires(const Loss& loss, head_row<T, Head::size> row) {
  loss.template encode_target<T, Head::size>(std::size_t{}, row);
};
template <class Loss, std::size_t N>
concept loss_of_other_classes = requires { requires Loss::classes != N; };

/// Loss takes the output of a head.
template <class Loss, class Head, class T>
concept fits_head = !(logit_loss<Loss> && probabilities_activation<typename Head::activation>) && !loss_of_other_classes<Loss, Head::size> &&
                    (entering_at_z<Loss, typename Head::activation> || elementwise_loss<Loss, T> ||
                     requires(const Loss& loss, head_row<T, Head::size> row, T scale) { loss.value_and_gradient(row, row, row, scale); });

template <class Last, class... Losses>
inline constexpr bool fits_heads = false;
template <class... Heads, class... Losses>
  requires(sizeof...(Heads) == sizeof...(Losses))
inline constexpr bool fits_heads<activations_of_heads<Heads...>, Losses...> = (... && fits_head<Losses, Heads, float>);

/// Numbers of a target in which a head of classes has one, the index.
template <class Last, class... Losses>
inline constexpr std::size_t numbers_with_indices = 0;
template <class... Heads, class... Losses>
  requires(sizeof...(Heads) == sizeof...(Losses))
inline constexpr std::size_t numbers_with_indices<activations_of_heads<Heads...>, Losses...> =
    (std::size_t{0} + ... + (loss_of_classes<Losses, Heads, float> ? 1 : Heads::size));

template <std::size_t k, class Last>
struct head_at;
template <std::size_t k, class... Heads>
struct head_at<k, activations_of_heads<Heads...>> : std::tuple_element_t<k, std::tuple<Heads...>> {
  static constexpr std::size_t begin = [] {
    std::size_t before = 0, i = 0;
    ((before += i++ < k ? Heads::size : 0), ...);
    return before;
  }();
};

} // namespace inlay::detail

namespace inlay {

/// The loss of a net that ends in heads<...>: a loss for each head, and their sum, each times its weight, which is 1 unless said:
/// `each<mean_squared_error, huber>{.weights = {1, 0.5}}`. A target is flat: of each head its numbers. A head of classes
/// (cross_entropy) has its probabilities there; or, in a shorter target, each head of classes has one number, the class's index. Of a
/// sequence it is that of each step, one after the other.
/// The mean over a batch is that over its samples, whatever weights classes have.
template <class... Losses>
struct [[gnu::abi_tag(INLAY_INSTRUCTION_SET_TEXT)]] each {
  std::array<double, sizeof...(Losses)> weights = [] {
    std::array<double, sizeof...(Losses)> ones{};
    for (double& one : ones) one = 1;
    return ones;
  }();
  std::tuple<Losses...> losses{}; ///< where one has options: `.losses = {mean_squared_error{}, huber{.5f}}`

  template <std::size_t k>
  using of = std::tuple_element_t<k, std::tuple<Losses...>>;
  template <std::size_t k, class Activation>
  static constexpr bool enters_head_at_z = entering_at_z<of<k>, Activation>;
  template <class Last>
  static constexpr bool enters_at_z = detail::fits_heads<Last, Losses...>;
  /// Numbers of a target with indices of classes.
  template <class Last>
  static constexpr std::size_t short_target = detail::numbers_with_indices<Last, Losses...>;

  /// The target of all heads as a row: of their numbers, or shorter, with an index for each head of classes.
  template <class Last, class T, std::size_t N, class Row>
  constexpr void encode_target_of_heads(std::span<const T, N> target, Row into) const noexcept {
    for (std::size_t i = 0; i < Row::stride; ++i) into.data[i] = 0;
    std::size_t read = 0;
    for_each([&]<std::size_t k>() {
      using here = detail::head_at<k, Last>;
      constexpr bool by_index = N != Row::size && detail::loss_of_classes<of<k>, here, T>;
      block<T, 1, here::size> own;
      if constexpr (by_index) std::get<k>(losses).template encode_target<T, here::size>(class_at(target[read], here::size), own.view(1));
      else if constexpr (elementwise_loss<of<k>, T>)
        numbers_target::encode_target<T, here::size>(std::span<const T, here::size>(target.data() + read, here::size), own.view(1));
      else std::get<k>(losses).template encode_target<T, here::size>(std::span<const T, here::size>(target.data() + read, here::size), own.view(1));
      for (std::size_t i = 0; i < here::size; ++i) into.data[here::begin + i] = own.data[i];
      read += by_index ? 1 : here::size;
    });
  }
  /// Numbers are what it takes, see target.hpp.
  template <class T, std::size_t N, class Row>
  constexpr void encode_target(std::span<const T, N> target, Row into) const noexcept {
    numbers_target::encode_target<T, N>(target, into);
  }

  /// The loss of one sample, and of each head scale * its gradient: at ∇z where its loss enters there, else at ∇a.
  template <class Last, class A, class Target, class G, class T>
  constexpr T value_and_gradient_at_z(A a, Target target, G grad, T scale) const noexcept {
    T total = 0;
    for_each([&]<std::size_t k>() {
      using here = detail::head_at<k, Last>;
      block<T, 1, here::size> own_a, own_target, own_grad;
      for (std::size_t i = 0; i < own_a.stride; ++i) {
        own_a.data[i] = i < here::size ? a.data[here::begin + i] : T(0);
        own_target.data[i] = i < here::size ? target.data[here::begin + i] : T(0);
      }
      const auto x = std::as_const(own_a).view(1), y = std::as_const(own_target).view(1);
      const T weight = static_cast<T>(weights[k]);
      if constexpr (enters_head_at_z<k, typename here::activation>)
        total += weight * std::get<k>(losses).template value_and_gradient_at_z<typename here::activation>(x, y, own_grad.view(1), weight * scale);
      else total += weight * detail::value_and_gradient_of(std::get<k>(losses), x, y, own_grad.view(1), weight * scale);
      for (std::size_t i = 0; i < here::size; ++i) grad.data[here::begin + i] = own_grad.data[i];
    });
    for (std::size_t i = G::size; i < G::stride; ++i) grad.data[i] = 0;
    return total;
  }

private:
  static constexpr void for_each(auto f) noexcept {
    [&]<std::size_t... k>(std::index_sequence<k...>) { (f.template operator()<k>(), ...); }(std::index_sequence_for<Losses...>{});
  }
  template <class T>
  static constexpr std::size_t class_at(T number, std::size_t classes) noexcept {
    const bool whole = number > T(-0x1p52) && number < T(0x1p52) && static_cast<T>(static_cast<long long>(number)) == number;
    detail::require(whole, "target", "of a head of classes a whole number", "another");
    const auto index = static_cast<long long>(number);
    detail::require(index >= 0 && static_cast<std::size_t>(index) < classes, "target", "of a head of classes an index below", classes, index);
    return static_cast<std::size_t>(index);
  }
};

} // namespace inlay
