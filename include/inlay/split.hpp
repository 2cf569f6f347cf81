#pragma once

#include "inlay/refusal/verdict.hpp"
#include "inlay/shape.hpp"
#include "inlay/target.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// All outputs of a net, or of a step, const or not.
template <class Y, class Net>
concept outputs_of = numbers<Y, const typename Net::scalar, Net::output_shape::row::size>;

template <class Y, class Net>
struct refused_split
    : std::type_identity<typename refused::split::template wants<std::span<const typename Net::scalar, Net::output_shape::row::size>>::template but_gets<Y>> {};
template <class Y, class Net>
  requires(!net_with_heads<Net>)
struct refused_split<Y, Net>
    : std::type_identity<typename refused::split::wants_a_net_of_heads::template but_gets_one_output_of<typename Net::output_shape>> {};

} // namespace detail

/// The outputs of a net that ends in heads<...>, each by itself: `auto [action, value] = inlay::split<net_t>(net(x));`. Of an array
/// or a span that stays, a std::tuple of spans into it, to write to if it is not const; of a temporary array a std::tuple of
/// arrays. A target may be split, too; of a sequence the outputs of a step, `split<net_t>(stream(net, x))`.
template <class Net, class Y>
  requires(detail::net_with_heads<Net> && detail::outputs_of<Y, Net>)
constexpr auto split(Y&& y) noexcept {
  using T = typename Net::scalar;
  using shapes = typename Net::output_shape::row;
  constexpr bool stays = std::is_lvalue_reference_v<Y> || std::ranges::enable_borrowed_range<std::remove_cvref_t<Y>>;
  using element = std::conditional_t<detail::numbers<Y, T, shapes::size>, T, const T>;
  return [&]<std::size_t... k>(std::index_sequence<k...>) {
    if constexpr (stays) {
      const std::span<element, shapes::size> all(y);
      return std::tuple(std::span<element, shapes::template at<k>::size>(all.data() + shapes::template offset<k>, shapes::template at<k>::size)...);
    } else {
      const auto copied = [&]<std::size_t n, std::size_t begin>() {
        std::array<T, n> part{};
        for (std::size_t i = 0; i < n; ++i) part[i] = y[begin + i];
        return part;
      };
      return std::tuple(copied.template operator()<shapes::template at<k>::size, shapes::template offset<k>>()...);
    }
  }(std::make_index_sequence<shapes::count>{});
}

template <class Net, class Y>
  requires(!detail::net_with_heads<Net> || !detail::outputs_of<Y, Net>)
decltype(detail::say(detail::refused_split<std::remove_cvref_t<Y>, Net>{})) split(Y&&); // see refusal/words.hpp

} // namespace inlay
