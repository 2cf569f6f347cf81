#include "import.hpp"

#include "formats.hpp"
#include "verification.hpp"

#include "inlay/io/detail/parse_json.hpp"

#include <algorithm>

namespace inlay::audio {

audio_model import_model(std::string_view text, const std::string& file, const import_options& options) {
  const auto root = io::detail::parse_json(text, file, 16);
  if (!root.is_object())
    throw io::error(file, "", "an object", std::string("a JSON ") + root.type_name());
  std::string names;
  for (const format_row& format : formats()) {
    if (!format.recognizes(root)) {
      names += (names.empty() ? "" : ", ") + std::string(format.name);
      continue;
    }
    if (options.submodel > 0 && !format.has_submodels)
      throw io::error(file, "submodel " + std::to_string(options.submodel), "a file of several nets",
                      std::string(format.name));
    audio_model model = format.read(root, file, options);
    if (model.net.layers.empty())
      throw io::error(file, "layers", "at least one", "none");
    add_verification(model, file, options);
    return model;
  }
  const auto is_tensor = [](const auto& one) { return one.is_array() || one.is_number(); };
  if (!root.empty() && std::all_of(root.begin(), root.end(), is_tensor))
    throw io::error(file, "",
                    "layers, which a state_dict does not say: load_json<net_t>() puts it into a net that you name",
                    "tensors only");
  throw io::error(file, "", "a model of " + names, "a JSON object of another kind");
}

} // namespace inlay::audio
