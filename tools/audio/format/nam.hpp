#pragma once

#include "architecture/linear.hpp"
#include "architecture/lstm.hpp"
#include "architecture/wavenet.hpp"
#include "formats.hpp"

/// Neural Amp Modeler's .nam: an architecture, its configuration, all weights in one list. A SlimmableContainer holds
/// several.
namespace inlay::audio {

inline constexpr architecture_row architectures[]{nam_lstm_row(), nam_wavenet_row(), nam_linear_row()};

inline bool is_nam(const nlohmann::json& root) { return root.contains("architecture"); }

inline audio_model read_nam(const nlohmann::json& root, const std::string& file, const import_options& options) {
  const io::detail::json_entry model{root, file, ""};
  const std::string architecture = model.text("architecture");
  if (architecture == "SlimmableContainer") {
    const io::detail::json_entry config{io::detail::member(root, "config", file, architecture), file,
                                        architecture + ", config"};
    const auto& models = io::detail::member(config.json, "submodels", file, config.part);
    if (!models.is_array() || models.empty())
      config.fail("'submodels' as an array of at least one", io::detail::in_quotes(models.dump()));
    const std::size_t k = options.submodel > 0 ? options.submodel : models.size();
    if (k > models.size())
      throw io::error(file, "submodel " + std::to_string(k), "one of " + std::to_string(models.size()), "no such");
    import_options rest = options;
    rest.submodel = 0;
    return read_nam(io::detail::member(models[k - 1], "model", file, "submodel " + std::to_string(k)), file, rest);
  }
  if (options.submodel > 0)
    throw io::error(file, "submodel " + std::to_string(options.submodel),
                    "a file of several nets, a SlimmableContainer", io::detail::in_quotes(architecture));
  std::string names;
  for (const auto& row : architectures) {
    names += (names.empty() ? "" : ", ") + std::string(row.name);
    if (architecture == row.name)
      return row.read(root, file);
  }
  model.fail("an architecture of " + names + ", SlimmableContainer", io::detail::in_quotes(architecture));
}

constexpr format_row nam_row() { return {".nam (architecture, config, weights)", true, is_nam, read_nam}; }

} // namespace inlay::audio
