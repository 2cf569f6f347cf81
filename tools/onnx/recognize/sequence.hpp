#pragma once

#include "recognize/follower.hpp"

/// What a follower of sequences does with steps, each of which is a sample to it.
namespace inlay::onnx {

/// Whether nothing but the last of several steps is left of each sequence.
bool at_last_step(const follower& here);
/// If so, adds a last_step: a sample is no sequence any more.
void end_at_last_step(follower& here, std::vector<step>& into);
/// All steps side by side are a sample from here on.
void lay_steps_flat(follower& here, const node& of, std::vector<step>& into);

/// Which axes of a tensor are those of samples, steps and numbers.
struct sequence_axes {
  std::size_t sample, step, number;
};
/// The feature that each number of a step is, of a tensor of these three axes whose samples and steps are in their order; nothing of
/// another tensor.
std::vector<std::size_t> features_of_step(const follower& here, const sequence_axes& axes);
/// The place of each element of a tensor of these axes and this shape, which has as many features.
std::vector<std::size_t> places_of_steps(const std::vector<std::int64_t>& shape, const sequence_axes& axes);
/// Puts the follower behind an LSTM, GRU or RNN over sequences, at its Y or Y_h; of another node nothing, and false.
bool move_behind_recurrent(follower& here, const node& of);

} // namespace inlay::onnx
