#pragma once

#include "recognize/follower.hpp"

#include <utility>

namespace inlay::onnx {

/// The inputs' shapes with `samples` of them along the axis that is left open. Throws io::error for another one that is.
follower::shapes_t closed(const graph& model, std::int64_t samples, const reading& as = {});
/// Whether there is an LSTM, GRU or RNN.
bool is_recurrent(const graph& model);
/// Ways to read the only input as sequences, the likeliest first, with how many samples.
std::vector<std::pair<reading, std::int64_t>> readings_of_sequence(const graph& model);

} // namespace inlay::onnx
