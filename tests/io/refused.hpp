// What an io::error says that f() throws.
#pragma once

#include <inlay/io/error.hpp>

#include <concepts>
#include <string>

template <std::invocable F>
std::string refusal(F f) {
  try {
    f();
  } catch (const inlay::io::error& refused) {
    return refused.what();
  }
  return "accepted";
}
