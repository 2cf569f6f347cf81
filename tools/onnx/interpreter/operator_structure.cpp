#include "file/element_type.hpp"
#include "interpreter/operators.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace inlay::onnx {

tensor constant(const computation& c) {
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

tensor same(const computation& c) {
  if (c.of.op == "Dropout" && c.has(2) && c.input(2).values != std::vector<double>{0})
    c.fail("Dropout for inference", "training_mode");
  if (c.of.op == "Dropout" && c.model.opset < 7 && c.of.number("is_test", 0) == 0)
    c.fail("Dropout for inference", "is_test 0");
  return c.input(0);
}

tensor cast(const computation& c) {
  const auto to = whole(c.of.number("to", 0));
  const bool floating = to == 1 || to == 11, integer = to == 6 || to == 7; // FLOAT, DOUBLE; INT32, INT64
  tensor result = c.input(0);
  if (!floating && !integer)
    c.fail("a Cast to FLOAT, DOUBLE, INT32 or INT64", "one to " + type_name(static_cast<int>(to)));
  if (integer)
    for (double& value : result.values)
      value = std::trunc(value);
  result.floating = floating;
  return result;
}

tensor shape_of(const computation& c) {
  const auto& shape = c.input(0).shape;
  const auto rank = c.input(0).rank();
  const auto bound = [&](double at) { return std::clamp(whole(at) + (at < 0 ? rank : 0), std::int64_t{0}, rank); };
  const auto first = bound(c.of.number("start", 0)), last = bound(c.of.number("end", static_cast<double>(rank)));
  tensor result{{std::max<std::int64_t>(last - first, 0)}, {}, false};
  for (auto d = first; d < last; ++d)
    result.values.push_back(static_cast<double>(shape[static_cast<std::size_t>(d)]));
  return result;
}

tensor reshaped(const computation& c, shape_t shape) {
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

tensor reshape(const computation& c) {
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

tensor flatten(const computation& c) {
  const auto rank = c.input(0).rank();
  const double at = c.of.number("axis", 1);
  const auto split = at == static_cast<double>(rank) ? rank : c.axis(at, rank);
  shape_t shape{1, 1};
  for (std::int64_t d = 0; d < rank; ++d)
    shape[d < split ? 0 : 1] *= c.input(0).shape[static_cast<std::size_t>(d)];
  return reshaped(c, shape);
}

tensor squeeze(const computation& c) {
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

tensor unsqueeze(const computation& c) {
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

tensor transpose(const computation& c) {
  const tensor& x = c.input(0);
  auto order = c.of.list("perm");
  if (order.empty())
    for (auto d = x.rank(); d-- > 0;)
      order.push_back(d);
  auto sorted = order;
  std::sort(sorted.begin(), sorted.end());
  shape_t all(x.shape.size());
  std::iota(all.begin(), all.end(), 0);
  if (sorted != all)
    c.fail("perm as a permutation of " + std::to_string(x.rank()) + " axes", text_of(order));
  shape_t shape;
  for (const auto d : order)
    shape.push_back(x.shape[static_cast<std::size_t>(d)]);
  tensor result = c.make(shape, x.floating);
  shape_t index(shape.size(), 0), from(shape.size(), 0);
  for (double& value : result.values) {
    for (std::size_t d = 0; d < order.size(); ++d)
      from[static_cast<std::size_t>(order[d])] = index[d];
    value = x.values[place(from, x.shape)];
    advance(index, shape);
  }
  return result;
}

tensor gather(const computation& c) {
  const tensor &x = c.input(0), &which = c.input(1);
  const auto along = static_cast<std::size_t>(c.axis(c.of.number("axis", 0), x.rank()));
  if (x.shape.empty())
    c.fail("a tensor of rank 1 or more", "a scalar");
  std::size_t outer = 1, inner = 1;
  for (std::size_t d = 0; d < x.shape.size(); ++d)
    if (d != along)
      (d < along ? outer : inner) *= static_cast<std::size_t>(x.shape[d]);
  shape_t shape(x.shape.begin(), x.shape.begin() + static_cast<std::ptrdiff_t>(along));
  shape.insert(shape.end(), which.shape.begin(), which.shape.end());
  shape.insert(shape.end(), x.shape.begin() + static_cast<std::ptrdiff_t>(along) + 1, x.shape.end());
  tensor result = c.make(shape, x.floating);
  std::size_t at = 0;
  for (std::size_t o = 0; o < outer && at < result.size(); ++o)
    for (const double one : which.values) {
      const auto i = static_cast<std::size_t>(c.axis(one, x.shape[along]));
      if (x.shape[along] == 0)
        c.fail("indices of something", "an empty axis");
      for (std::size_t k = 0; k < inner; ++k)
        result.values[at++] = x.values[(o * static_cast<std::size_t>(x.shape[along]) + i) * inner + k];
    }
  return result;
}

tensor concat(const computation& c) {
  const auto along = static_cast<std::size_t>(c.axis(c.of.number("axis", 0), c.input(0).rank()));
  if (c.input(0).shape.empty())
    c.fail("tensors of rank 1 or more", "a scalar");
  shape_t shape = c.input(0).shape;
  shape[along] = 0;
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    shape_t other = c.input(i).shape;
    if (other.size() != shape.size())
      c.fail("inputs of one rank", text_of(other));
    shape[along] += other[along];
    other[along] = shape[along];
    if (other != shape)
      c.fail("inputs that differ along the axis only", text_of(c.input(i).shape));
  }
  tensor result = c.make(shape, c.input(0).floating);
  std::size_t outer = 1, at = 0;
  for (std::size_t d = 0; d < along; ++d)
    outer *= static_cast<std::size_t>(shape[d]);
  for (std::size_t o = 0; o < outer && at < result.size(); ++o)
    for (std::size_t i = 0; i < c.inputs.size(); ++i) {
      const std::size_t length = c.input(i).size() / outer;
      std::copy_n(c.input(i).values.begin() + static_cast<std::ptrdiff_t>(o * length), length,
                  result.values.begin() + static_cast<std::ptrdiff_t>(at));
      at += length;
    }
  return result;
}

} // namespace inlay::onnx
