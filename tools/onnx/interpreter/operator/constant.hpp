#pragma once

#include "interpreter/operator_row.hpp"

namespace inlay::onnx::operators {

inline tensor constant(const computation& c) {
  for (const char* name : {"value_float", "value_int"})
    if (c.of.attributes.contains(name))
      return {{}, {c.of.number(name, 0)}, std::string(name) == "value_float"};
  for (const char* name : {"value_floats", "value_ints"})
    if (const auto found = c.of.attributes.find(name); found != c.of.attributes.end())
      return {{static_cast<std::int64_t>(found->second.numbers.size())},
              found->second.numbers,
              std::string(name) == "value_floats"};
  const auto found = c.of.attributes.find("value");
  if (found == c.of.attributes.end() || !found->second.value)
    c.fail("a value of numbers", "none");
  return *found->second.value;
}

inline operator_rows constant_rows() {
  return {{"Constant", {"value", "value_float", "value_int", "value_floats", "value_ints"}, constant}};
}

} // namespace inlay::onnx::operators
