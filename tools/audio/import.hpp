#pragma once

#include "model.hpp"

#include <span>
#include <string_view>

namespace inlay::audio {

/// The net of a model file, with steps to verify it. Throws io::error, naming the file, its part, what was expected and
/// what was found; `file` is its name for that.
audio_model import_model(std::string_view text, const std::string& file, const import_options& options = {});

} // namespace inlay::audio
