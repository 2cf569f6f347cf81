#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

/// What the compiler says where something does not fit. A call that is refused returns one of these types, and a list of
/// layers that is refused names one. None of them is ever defined, so that the error is "incomplete type" (g++) or
/// "undefined template" (clang), and the type's name is the sentence. Types are what both compilers print, values and
/// all, in the first line of an error and at the caller's own line: of a static_assert g++ prints no values, of an
/// unsatisfied constraint both print them some notes later. The compiler also shows the line that declares the last
/// word; where there is something to say, its comment tells how to repair the mistake.
namespace inlay::refused {
// clang-format off

template <std::size_t l>
struct layer {
  template <class Wanted> struct wants_input {
    template <class Found> struct but_gets; // the same number of the same type: std::array, T[N] or std::span<T, N>
    template <class Found> struct but_gets_unknown_length; // only you know it: pass std::span<const T, N>(x)
  };
};

// clang-format on
} // namespace inlay::refused

namespace inlay::detail {

template <class Sentence>
Sentence say(std::type_identity<Sentence>);

/// Numbers T whose count is known at run time only: a std::vector, a pointer, a std::span without extent.
template <class X, class T>
concept of_unknown_length =
    std::same_as<std::remove_cv_t<std::remove_pointer_t<std::remove_cvref_t<X>>>, T> || requires(X& x) {
      requires std::same_as<typename decltype(std::span(x))::value_type, T>;
      requires decltype(std::span(x))::extent == std::dynamic_extent;
    };

/// The sentence's end, for X where Wants wants some numbers T.
template <class Wants, class X, class T>
struct found : std::type_identity<typename Wants::template but_gets<std::remove_cvref_t<X>>> {};
template <class Wants, class X, class T>
  requires of_unknown_length<X, T>
struct found<Wants, X, T> : std::type_identity<typename Wants::template but_gets_unknown_length<std::remove_cvref_t<X>>> {};

template <class X, class T, std::size_t N>
struct refused_input : found<typename refused::layer<1>::template wants_input<std::span<const T, N>>, X, T> {};

} // namespace inlay::detail
