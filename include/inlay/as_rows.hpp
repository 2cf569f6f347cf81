#pragma once

#include "inlay/concepts.hpp"
#include "inlay/refusal/require.hpp"
#include "inlay/refusal/verdict.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <span>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {
namespace detail {

/// A matrix that says how it lies in memory, as Eigen's do.
template <class X>
concept matrix = requires(const X& x) {
  x.rows();
  x.cols();
  x.IsRowMajor;
};

/// Whether the numbers of a matrix follow one another without a gap.
template <class X>
constexpr bool without_gaps(const X& x) noexcept {
  if constexpr (requires { x.innerStride(), x.outerStride(), x.innerSize(), x.outerSize(); })
    return x.innerStride() == 1 && (x.outerStride() == x.innerSize() || x.outerSize() <= 1);
  else return true;
}

/// A temporary of Eigen's that refers to the numbers of another object: a Map, a Block.
template <class X>
concept refers_to_numbers = matrix<X> && requires { typename X::PlainObject; } && !std::same_as<X, typename X::PlainObject>;

/// What still holds its numbers after the call: no temporary that owns them.
template <class X>
concept outliving = std::is_lvalue_reference_v<X> || std::ranges::enable_borrowed_range<std::remove_cvref_t<X>> ||
                    refers_to_numbers<std::remove_cvref_t<X>>;

template <class X>
using number_of = std::remove_pointer_t<decltype(std::data(std::declval<X&>()))>;

/// Scalars one after the other: std::data() and std::size().
template <class X>
concept flat_numbers = requires(X& x) {
  std::size(x);
  requires scalar<std::remove_const_t<number_of<X>>>;
};

template <class X>
struct refused_rows : std::type_identity<refused::as_rows::wants_numbers_one_after_the_other::but_gets<std::remove_cvref_t<X>>> {};
template <class X>
  requires flat_numbers<X>
struct refused_rows<X> : std::type_identity<refused::as_rows::wants_numbers_that_outlive_the_call::but_gets<refused::temporary<X>>> {};

} // namespace detail

/// Numbers that lie one after the other as rows of N, without a copy: what net(xs, ys), backpropagate, train_step, fit and
/// evaluate take. `as_rows<net_t::inputs>(x)` and `as_rows<net_t::outputs>(y)` of a std::vector, a std::span or an Eigen
/// matrix with a sample in each row, which has to be row-major (or in each column, and column-major). Writable where x is.
/// A temporary that owns its numbers does not compile. A size that is no multiple of N, and a matrix whose samples have
/// another length or gaps, end the program with one line.
template <std::size_t N, class X>
  requires(N > 0 && detail::flat_numbers<X> && detail::outliving<X>)
auto as_rows(X&& x) noexcept {
  using T = detail::number_of<X>;
  using row = std::conditional_t<std::is_const_v<T>, const std::array<std::remove_const_t<T>, N>, std::array<T, N>>;
  const auto size = static_cast<std::size_t>(std::size(x));
  if constexpr (detail::matrix<std::remove_cvref_t<X>>) {
    const auto rows = static_cast<std::size_t>(x.rows()), columns = static_cast<std::size_t>(x.cols());
    const std::size_t length = rows == 1 || columns == 1 ? size : (x.IsRowMajor ? columns : rows);
    detail::require(rows == 1 || columns == 1 || length == N, "as_rows", "samples that lie one after the other, of length", N, length);
    detail::require(detail::without_gaps(x), "as_rows", "a matrix without gaps in memory", "one with strides");
  }
  detail::require(size % N == 0, "as_rows", "a number of numbers that is a multiple of", N, size);
  return std::span<row>(reinterpret_cast<row*>(std::data(x)), size / N);
}

template <std::size_t N, class X>
  requires(!detail::flat_numbers<X> || !detail::outliving<X>)
decltype(detail::say(detail::refused_rows<X>{})) as_rows(X&&); // see refusal/words.hpp

} // namespace inlay
