#include "interpreter/computation.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx {

void computation::check_attributes(const std::vector<const char*>& names) const {
  for (const auto& attribute : of.attributes)
    if (std::find(names.begin(), names.end(), attribute.first) == names.end())
      fail("no attribute but those of ONNX", io::detail::in_quotes(attribute.first));
}

const tensor& computation::input(std::size_t i) const {
  if (!has(i))
    fail("an input number " + std::to_string(i), "none");
  return *inputs[i];
}

std::optional<shape_t> computation::numbers(const char* attribute, std::size_t i) const {
  if (has(i)) {
    shape_t list;
    for (const double number : input(i).values)
      list.push_back(whole(number));
    return list;
  }
  if (of.attributes.contains(attribute))
    return of.list(attribute);
  return {};
}

std::int64_t computation::axis(double from, std::int64_t rank) const {
  const std::int64_t at = whole(from);
  if (at < -rank || at >= std::max<std::int64_t>(rank, 1))
    fail("an axis of a tensor of rank " + std::to_string(rank), std::to_string(at));
  return at < 0 ? at + rank : at;
}

tensor computation::make(shape_t shape, bool floating) const {
  std::size_t size = 1;
  for (const auto extent : shape)
    if (extent < 0 ||
        __builtin_mul_overflow(size, static_cast<std::size_t>(std::max<std::int64_t>(extent, 1)), &size) ||
        size > model.element_limit)
      fail("results of at most " + std::to_string(model.element_limit) + " elements", "shape " + text_of(shape));
  if (std::find(shape.begin(), shape.end(), 0) != shape.end())
    size = 0;
  return {std::move(shape), std::vector<double>(size), floating};
}

shape_t computation::broadcast(const shape_t& a, const shape_t& b) const {
  shape_t shape(std::max(a.size(), b.size()), 1);
  for (std::size_t d = 0; d < shape.size(); ++d) {
    const auto from = [&](const shape_t& s) {
      return d + s.size() < shape.size() ? 1 : s[d + s.size() - shape.size()];
    };
    if (from(a) != from(b) && from(a) != 1 && from(b) != 1)
      fail("shapes that broadcast", text_of(a) + " and " + text_of(b));
    shape[d] = from(a) == 1 ? from(b) : from(a);
  }
  return shape;
}

std::int64_t whole(double number) {
  return std::isnan(number) ? 0 : static_cast<std::int64_t>(std::clamp(number, -0x1p62, 0x1p62));
}

std::size_t place(const shape_t& index, const shape_t& of) {
  std::size_t at = 0;
  for (std::size_t d = 0; d < of.size(); ++d)
    at = at * static_cast<std::size_t>(of[d]) +
         (of[d] == 1 ? 0 : static_cast<std::size_t>(index[index.size() - of.size() + d]));
  return at;
}

void advance(shape_t& index, const shape_t& shape) {
  for (std::size_t d = index.size(); d-- > 0;) {
    if (++index[d] < shape[d])
      return;
    index[d] = 0;
  }
}

} // namespace inlay::onnx
