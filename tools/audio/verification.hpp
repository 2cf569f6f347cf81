#pragma once

#include "model.hpp"

namespace inlay::audio {

/// Steps that reach as far back as the net remembers, what it makes of them in double precision, and how far off a
/// right net may be. Throws io::error for a number that is not finite, or a memory that is too long.
void add_verification(audio_model& model, const std::string& file, const import_options& options);

} // namespace inlay::audio
