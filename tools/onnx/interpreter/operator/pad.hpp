#pragma once

#include "interpreter/operator_row.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>

namespace inlay::onnx::operators {

/// How many are added before and after each axis of x; those before come first.
inline shape_t paddings(const computation& c, const tensor& x) {
  const auto given = c.numbers("pads", 1).value_or(shape_t());
  shape_t axes = c.numbers("", 3).value_or(shape_t());
  if (!c.has(3))
    for (std::int64_t d = 0; d < x.rank(); ++d)
      axes.push_back(d);
  shape_t all(2 * x.shape.size(), 0);
  if (given.size() != 2 * axes.size())
    c.fail("two pads for each axis", text_of(given));
  for (std::size_t k = 0; k < axes.size(); ++k) {
    const auto d = static_cast<std::size_t>(c.axis(static_cast<double>(axes[k]), x.rank()));
    constexpr std::int64_t most = 1 << 20;
    if (given[k] > most || given[axes.size() + k] > most || given[k] < -most || given[axes.size() + k] < -most)
      c.fail("pads up to " + std::to_string(most), text_of(given));
    all[d] = given[k], all[x.shape.size() + d] = given[axes.size() + k];
  }
  return all;
}

inline tensor pad(const computation& c) {
  const tensor& x = c.input(0);
  const auto pads = paddings(c, x);
  const std::string mode = c.of.text("mode", "constant");
  const double value = c.has(2) ? (c.input(2).size() == 1 ? c.input(2).values[0] : 0) : c.of.number("value", 0);
  shape_t shape = x.shape;
  for (std::size_t d = 0; d < shape.size(); ++d)
    shape[d] += pads[d] + pads[shape.size() + d];
  tensor result = c.make(shape, x.floating);
  if (mode != "constant" && mode != "reflect" && mode != "edge" && mode != "wrap")
    c.fail("mode constant, reflect, edge or wrap", io::detail::in_quotes(mode));
  if (mode != "constant" && x.size() == 0)
    c.fail("something to repeat", text_of(x.shape));
  shape_t index(shape.size(), 0), from(shape.size());
  for (double& into : result.values) {
    bool inside = true;
    for (std::size_t d = 0; d < shape.size(); ++d) {
      const std::int64_t n = x.shape[d], turn = 2 * std::max<std::int64_t>(n - 1, 1);
      std::int64_t at = index[d] - pads[d];
      inside &= at >= 0 && at < n;
      if (mode == "reflect")
        at = (at % turn + turn) % turn, at = at < n ? at : turn - at;
      else if (mode == "wrap")
        at = (at % n + n) % n;
      else if (mode == "edge")
        at = std::clamp<std::int64_t>(at, 0, n - 1);
      from[d] = at;
    }
    into = inside || mode != "constant" ? x.values[place(from, x.shape)] : value;
    advance(index, shape);
  }
  return result;
}

inline operator_rows pad_rows() { return {{"Pad", {"mode", "pads", "value"}, pad}}; }

} // namespace inlay::onnx::operators
