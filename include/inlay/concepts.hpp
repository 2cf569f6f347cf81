#pragma once

#include "inlay/instruction_set.hpp"

#include <concepts>
#include <cstddef>

namespace inlay {

/// The numbers a net can be made of.
template <class T>
concept scalar = std::same_as<T, float> || std::same_as<T, double>;

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
