// What an io::error says that f() throws.
#pragma once

#include <inlay/io/error.hpp>

#include <string>

template <class F>
std::string refusal(F f) {
  try {
    f();
  } catch (const inlay::io::error& refused) {
    return refused.what();
  }
  return "accepted";
}
