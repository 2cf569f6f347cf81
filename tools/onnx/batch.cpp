#include "batch.hpp"

#include "recognize/fold.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <utility>

namespace inlay::onnx {

using io::detail::in_quotes;

namespace {

/// The input's shape with `samples` of them along the axis that is left open.
std::vector<std::int64_t> closed(const graph& model, const port& input, std::int64_t samples, bool batch_last) {
  auto shape = input.shape;
  std::size_t elements = 1;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (shape[d] < 0 && shape.size() > 1 && d == (batch_last ? shape.size() - 1 : 0))
      shape[d] = samples;
    if (shape[d] < 1)
      throw io::error(model.file, "input " + in_quotes(input.name), "a fixed shape of a sample",
                      "shape " + input.shape_text);
    if (__builtin_mul_overflow(elements, static_cast<std::size_t>(shape[d]), &elements) ||
        elements > model.element_limit)
      throw io::error(model.file, "input " + in_quotes(input.name),
                      "at most " + std::to_string(model.element_limit) + " elements", "shape " + input.shape_text);
  }
  return shape;
}

} // namespace

std::int64_t open_batch(port& input) {
  constexpr std::int64_t largest_batch = 1024;
  if (input.shape.size() < 2 || *std::min_element(input.shape.begin(), input.shape.end()) < 1 ||
      input.shape[0] <= largest_batch)
    return 0;
  return std::exchange(input.shape[0], -1);
}

follower understand(const graph& model, const port& input, const std::string& output, std::int64_t batch) {
  const auto attempt = [&](std::int64_t samples, bool batch_last) {
    follower one(model, output, closed(model, input, samples, batch_last), batch_last);
    one.run();
    return one;
  };
  try {
    return attempt(2, false);
  } catch (const io::error& why) {
    if (!input.shape.empty() && input.shape[0] < 0)
      try { // a model made for a batch of one has that written in its reshapes
        return attempt(1, false);
      } catch (const io::error&) {
      }
    if (input.shape.size() == 2)
      try {
        return attempt(2, true);
      } catch (const io::error&) {
      }
    if (batch)
      throw io::error(why.file(), why.part(), why.expected(),
                      why.found() + "; the model has a batch of " + std::to_string(batch) +
                          " written in: export it with an open one, or of one sample");
    throw;
  }
}

void check_independence(const graph& model, const port& input, const std::string& output,
                        const std::vector<io::detail::layer_description>& layers) {
  if (input.shape.size() < 2 || input.shape[0] >= 0)
    return;
  std::vector<io::detail::layer_description> others;
  try {
    follower three(model, output, closed(model, input, 3, false), false);
    three.run();
    others = fold(three.steps, three.input_shape, model.file);
  } catch (const io::error&) {
    return; // made for one number of samples: there is no other to depend on
  }
  if (others != layers)
    throw io::error(model.file, "input " + in_quotes(input.name), "samples that are computed each by itself",
                    "results that depend on how many there are");
}

} // namespace inlay::onnx
