#pragma once

#include "inlay/instruction_set.hpp"

#include <concepts>
#include <cstddef>

namespace inlay {

/// Numbers as the machine has them.
template <class T>
concept real = std::same_as<T, float> || std::same_as<T, double>;

/// The base of dual numbers, see math/dual.hpp.
struct dual_number {};

/// The numbers a net can be made of: float and double. Within inlay it is made of dual numbers, too, where it is differentiated twice.
template <class T>
concept scalar = real<T> || std::derived_from<T, dual_number>;

/// A string as a template argument: the words of `unsatisfied`.
template <std::size_t N>
struct sentence {
  char text[N];
  consteval sentence(const char (&words)[N]) {
    for (std::size_t i = 0; i < N; ++i) text[i] = words[i];
  }
};

/// Always false. Written as `condition || unsatisfied<"words", values...>` in a requires-clause, it makes the
/// compiler print the words and the values where the condition fails.
template <sentence Words, auto... Values>
concept unsatisfied = false;

} // namespace inlay
