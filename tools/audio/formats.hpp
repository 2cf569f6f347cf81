#pragma once

#include "model.hpp"

#include <nlohmann/json.hpp>

#include <span>

namespace inlay::audio {

/// A format: what it is called, by what it is recognized, and how it is read.
struct format_row {
  std::string_view name;
  bool has_submodels;
  bool (*recognizes)(const nlohmann::json& root);
  audio_model (*read)(const nlohmann::json& root, const std::string& file, const import_options& options);
};

std::span<const format_row> formats();

} // namespace inlay::audio
