#include "readings.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>

namespace inlay::onnx {

using io::detail::in_quotes;

namespace {

/// "1x64x64" for [batch, 1, height, width].
std::string example_of(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (std::size_t d = shape.size() > 1 ? 1 : 0; d < shape.size(); ++d)
    text += (text.empty() ? "" : "x") + std::to_string(shape[d] < 1 ? 64 : shape[d]);
  return text;
}

} // namespace

follower::shapes_t closed(const graph& model, std::int64_t samples, const reading& as) {
  follower::shapes_t shapes;
  std::size_t all = 0;
  for (std::size_t k = 0; k < model.inputs.size(); ++k) {
    const port& input = model.inputs[k];
    auto shape = input.shape;
    std::size_t elements = 1;
    for (std::size_t d = 0; d < shape.size(); ++d) {
      if (shape[d] < 0 && shape.size() > 1 && d == batch_axis(model, k, as))
        shape[d] = samples;
      if (shape[d] < 1)
        throw io::error(model.file, "input " + in_quotes(input.name),
                        as.over_time ? "a fixed number of steps, as SHAPE " + io::detail::printable(input.name, 40) +
                                           "=64x3 gives it to [batch, steps, 3], and 64x1x3 to [steps, batch, 3]"
                                     : "a fixed shape of a sample, as SHAPE " + io::detail::printable(input.name, 40) + "=" + example_of(input.shape) + " gives it",
                        "shape " + input.shape_text);
      if (__builtin_mul_overflow(elements, static_cast<std::size_t>(shape[d]), &elements) ||
          __builtin_add_overflow(all, elements, &elements) || elements > model.element_limit)
        throw io::error(model.file, "input " + in_quotes(input.name),
                        "at most " + std::to_string(model.element_limit) + " elements", "shape " + input.shape_text);
      elements -= all;
    }
    all += elements;
    shapes.push_back(std::move(shape));
  }
  return shapes;
}

bool is_recurrent(const graph& model) {
  return std::any_of(model.nodes.begin(), model.nodes.end(), [](const node& of) { return of.is_recurrent(); });
}

std::vector<std::pair<reading, std::int64_t>> readings_of_sequence(const graph& model) {
  std::vector<std::pair<reading, std::int64_t>> all;
  if (model.inputs.size() != 1 || model.inputs[0].shape.size() < 2)
    return all;
  const auto& shape = model.inputs[0].shape;
  const bool open = std::any_of(shape.begin(), shape.end(), [](std::int64_t extent) { return extent < 0; });
  const auto add = [&](reading::axis axis) {
    all.push_back({{axis, true}, 2});
    if (open)
      all.push_back({{axis, true}, 1});
  };
  if (!is_recurrent(model)) { // images have four axes
    if (shape.size() == 3 || shape.size() == 5)
      add(reading::axis::first);
    if (shape.size() == 3 && shape[0] > 1 && (shape[1] < 0 || shape[1] == 1)) // attention goes over [steps, batch, features], too
      add(reading::axis::second);
    return all;
  }
  if (shape.size() == 2) // of an open extent it is a batch
    return open ? all : decltype(all){{{reading::axis::none, true}, 1}};
  const bool steps_first = shape[0] > 1 && (shape[1] < 0 || shape[1] == 1); // [steps, batch, features]
  add(steps_first ? reading::axis::second : reading::axis::first);
  add(steps_first ? reading::axis::first : reading::axis::second);
  return all;
}

} // namespace inlay::onnx
