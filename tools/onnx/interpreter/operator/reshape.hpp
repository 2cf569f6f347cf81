#pragma once

#include "interpreter/operator_row.hpp"

#include <algorithm>
#include <set>

namespace inlay::onnx::operators {

inline tensor reshaped(const computation& c, shape_t shape) {
  tensor result = c.input(0);
  std::size_t size = 1;
  bool good = true, empty = false;
  for (const auto extent : shape) {
    good = good && extent >= 0 &&
           !__builtin_mul_overflow(size, static_cast<std::size_t>(std::max<std::int64_t>(extent, 1)), &size);
    empty |= extent == 0;
  }
  if (!good || size > std::size_t{1} << 40 || (empty ? 0 : size) != result.size())
    c.fail("a shape of " + std::to_string(result.size()) + " elements", text_of(shape));
  result.shape = std::move(shape);
  return result;
}

inline tensor reshape(const computation& c) {
  if (!c.has(1))
    c.fail("a shape", "none");
  auto shape = *c.numbers("shape", 1);
  std::size_t known = 1;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (shape[d] == 0 && c.of.number("allowzero", 0) == 0 && d < c.input(0).shape.size())
      shape[d] = c.input(0).shape[d];
    if (shape[d] > 0 && __builtin_mul_overflow(known, static_cast<std::size_t>(shape[d]), &known))
      known = 0;
  }
  if (const auto open = std::find(shape.begin(), shape.end(), -1); open != shape.end() && known)
    *open = static_cast<std::int64_t>(c.input(0).size() / known);
  return reshaped(c, shape);
}

inline tensor flatten(const computation& c) {
  const auto rank = c.input(0).rank();
  const double at = c.of.number("axis", 1);
  const auto split = at == static_cast<double>(rank) ? rank : c.axis(at, rank);
  shape_t shape{1, 1};
  for (std::int64_t d = 0; d < rank; ++d)
    shape[d < split ? 0 : 1] *= c.input(0).shape[static_cast<std::size_t>(d)];
  return reshaped(c, shape);
}

inline tensor squeeze(const computation& c) {
  const auto axes = c.numbers("axes", 1);
  std::set<std::int64_t> gone;
  const auto rank = c.input(0).rank();
  if (axes)
    for (const auto at : *axes)
      gone.insert(c.axis(static_cast<double>(at), rank));
  shape_t shape;
  for (std::int64_t d = 0; d < rank; ++d) {
    const auto extent = c.input(0).shape[static_cast<std::size_t>(d)];
    if (axes ? !gone.contains(d) : extent != 1)
      shape.push_back(extent);
  }
  return reshaped(c, shape);
}

inline tensor unsqueeze(const computation& c) {
  const auto axes = c.numbers("axes", 1);
  if (!axes)
    c.fail("axes", "none");
  const auto rank = c.input(0).rank() + static_cast<std::int64_t>(axes->size());
  std::set<std::int64_t> added;
  for (const auto at : *axes)
    added.insert(c.axis(static_cast<double>(at), rank));
  shape_t shape;
  std::size_t next = 0;
  for (std::int64_t d = 0; d < rank; ++d)
    if (added.contains(d))
      shape.push_back(1);
    else if (next < c.input(0).shape.size())
      shape.push_back(c.input(0).shape[next++]);
  return reshaped(c, shape);
}

inline operator_rows reshape_rows() {
  return {{"Reshape", {"allowzero"}, reshape},
          {"Flatten", {"axis"}, flatten},
          {"Squeeze", {"axes"}, squeeze},
          {"Unsqueeze", {"axes"}, unsqueeze}};
}

} // namespace inlay::onnx::operators
