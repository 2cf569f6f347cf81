#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace inlay::onnx {

/// One of several tensors that a follower has come to.
struct lane {
  std::string tensor;
  std::vector<std::size_t> where;
  std::size_t features = 0;
  std::size_t input = 0; ///< which input of the model it is, from 1; 0: some of the features that there are
};

/// How far a follower has come: to one tensor, or to several.
///
/// Of each tensor it knows where each element comes from: `where` holds sample * features + feature, of the features that the
/// layers so far give. Reshapes and transpositions only permute that, slices leave some out, an Expand repeats some. The next
/// dense layer takes all that into its weights; elsewhere it becomes a transpose or a selection.
///
/// Of a sequence each step is a sample: number `sample * steps + step`.
struct position {
  std::string current; ///< the tensor; empty where there are several
  std::vector<std::size_t> where;
  std::size_t features = 0;
  bool image = false;      ///< a sample is <channels, height, width> by the layers so far
  std::vector<lane> lanes; ///< the several
  std::size_t samples = 1; ///< the steps of all sequences, where it is one
  std::size_t time_steps = 0; ///< of a sequence; 0: it is none, or none any more
};

} // namespace inlay::onnx
