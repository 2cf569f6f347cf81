#pragma once

#include "layers.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace inlay::audio {

/// A file as a net of a sequence.
struct audio_model {
  io::detail::net_description net{};
  std::vector<double> initial_state{};                    ///< as stream_from() reads it; empty: zero
  std::vector<std::vector<double>> x{}, y{}, tolerance{}; ///< steps of one stream to verify with
};

struct import_options {
  std::size_t submodel = 0;              ///< which of several nets in a file, from 1; 0: the last, which is the largest
  std::size_t verification_steps = 8192; ///< at most
};

/// Layers over `inputs` numbers a step.
inline audio_model model_of(layer_list layers, std::size_t inputs) {
  audio_model model;
  model.net.input = {steps, inputs}, model.net.over_time = true;
  model.net.layers = std::move(layers);
  return model;
}

} // namespace inlay::audio
