#pragma once

#include "file/graph.hpp"

#include "inlay/io/error.hpp"

namespace inlay::onnx {

using shape_t = std::vector<std::int64_t>;

/// One node being computed: its inputs, null where the node leaves one out, and the errors it may end in.
struct computation {
  const graph& model;
  const node& of;
  const std::vector<const tensor*>& inputs;

  [[noreturn]] void fail(std::string expected, std::string found) const {
    throw io::error(model.file, of.title(), std::move(expected), std::move(found));
  }

  /// An attribute of another name may change what is computed.
  void check_attributes(const std::vector<const char*>& names) const;

  bool has(std::size_t i) const { return i < inputs.size() && inputs[i]; }
  const tensor& input(std::size_t i) const;
  /// The attribute, or the input, that lists whole numbers: what was the one before opset 13 is the other after.
  std::optional<shape_t> numbers(const char* attribute, std::size_t i) const;
  /// From 0 to the rank; negative ones count from the end.
  std::int64_t axis(double from, std::int64_t rank) const;
  /// Zeros; no more than the model's element_limit.
  tensor make(shape_t shape, bool floating = true) const;
  shape_t broadcast(const shape_t& a, const shape_t& b) const;
};

/// Of a number in an attribute; INT64_MAX, which means "to the end", is not a double.
std::int64_t whole(double number);
/// Where the element at `index` is in a tensor of shape `of` that is broadcast to it.
std::size_t place(const shape_t& index, const shape_t& of);
/// To the next element, row-major.
void advance(shape_t& index, const shape_t& shape);

} // namespace inlay::onnx
