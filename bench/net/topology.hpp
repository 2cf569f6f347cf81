#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

/// A net as numbers, for libraries that learn its shape at run time. Layers count from 1; 0 is the input.
struct topology {
  std::string name;                     // "N4"
  std::string text;                     // "64, 64:relu, 64:relu, 10"
  std::vector<std::size_t> widths;      // of the input and of each layer
  std::vector<std::string> activations; // "identity" for the input

  std::size_t depth() const { return widths.size() - 1; }
  std::size_t inputs() const { return widths.front(); }
  std::size_t outputs() const { return widths.back(); }

  std::size_t multiply_adds() const { return parameter_count() - biases(); }
  /// Of a training step: forward, ∇W, and ∇a of every layer but the first.
  std::size_t training_multiply_adds() const { return 3 * multiply_adds() - widths[0] * widths[1]; }
  std::size_t parameter_count() const {
    std::size_t count = biases();
    for (std::size_t l = 1; l < widths.size(); ++l) count += widths[l] * widths[l - 1];
    return count;
  }
  std::size_t parameter_bytes() const { return parameter_count() * sizeof(float); } // without padding

private:
  std::size_t biases() const {
    std::size_t count = 0;
    for (std::size_t l = 1; l < widths.size(); ++l) count += widths[l];
    return count;
  }
};

/// The nets of this build: those that inference is measured on, and those that are trained. nets.cmake makes the lists.
extern const std::vector<topology> inference_nets, training_nets;

} // namespace bench
