#include "import.hpp"

#include "batch.hpp"
#include "output.hpp"
#include "recognize/fold.hpp"
#include "verification.hpp"

#include "inlay/io/detail/text.hpp"

namespace inlay::onnx {

using io::detail::in_quotes;

imported_model import_model(const graph& whole, const import_options& options) {
  imported_model into;
  into.output = choose_output(whole, options.output);
  graph model = pruned(whole, into.output.name);
  if (model.inputs.empty())
    refuse_without_input(whole, into.output.name);
  if (model.inputs.size() != 1) {
    std::string names;
    for (const auto& input : model.inputs)
      names += (names.empty() ? "" : ", ") + in_quotes(input.name);
    throw io::error(model.file, "inputs", "one",
                    std::to_string(model.inputs.size()) + (names.empty() ? "" : ": " + names));
  }
  into.input = model.inputs[0];
  if (!into.input.floating)
    throw io::error(model.file, "input " + in_quotes(into.input.name), float_or_double, into.input.type);
  if (!into.input.has_shape)
    throw io::error(model.file, "input " + in_quotes(into.input.name), "a shape, as [batch, 64]",
                    "none in the file (export the model with one; onnx.checker does not ask for it)");
  const std::int64_t batch = open_batch(into.input);
  model.inputs[0] = into.input;
  const follower followed = understand(model, into.input, into.output.name, batch);
  into.net = {into.input.double_precision, followed.input_shape,
              fold(followed.steps, followed.input_shape, model.file)};
  if (into.net.layers.empty())
    throw io::error(model.file, "", "a net of at least one layer", "a model that computes nothing");
  add_verification(into, model, followed, options);
  check_independence(model, into.input, into.output.name, into.net.layers);
  return into;
}

} // namespace inlay::onnx
