#pragma once

#include "model.hpp"

#include <nlohmann/json.hpp>

namespace inlay::audio {

/// An architecture of a .nam file: its name there, and how it is read.
struct architecture_row {
  std::string_view name;
  audio_model (*read)(const nlohmann::json& model, const std::string& file);
};

} // namespace inlay::audio
