#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

/// Numbers of a sample, channels first; of what is no image height and width are 1.
struct image {
  std::size_t channels, height = 1, width = 1;
  std::size_t size() const { return channels * height * width; }
};

enum class stage_kind {
  convolution,
  max_pool,
  dense,
  layer_norm,
};

/// One step of a net, and the activation behind it: "identity", "relu" or "sigmoid".
struct stage {
  stage_kind kind;
  std::size_t outputs = 0; ///< channels of a convolution, width of a dense layer
  std::size_t kernel = 1;  ///< of both directions; a convolution's stride is 1, a pool's its kernel, nothing is padded
  std::string activation = "identity";

  image output(image) const;
  /// Canonical order: W [out][in][kernel][kernel], then b; of a norm the scales, then the shifts.
  std::size_t parameters(image in) const;
  std::size_t multiply_adds(image in) const;
};

/// A convolution by itself, or a net.
struct image_net {
  std::string name;
  image input;
  std::vector<stage> stages;

  bool single() const { return stages.size() == 1; }
  std::vector<image> images() const; ///< the input, and what each stage puts out
  std::size_t inputs() const { return input.size(); }
  std::size_t outputs() const { return images().back().size(); }
  std::size_t parameter_count() const;
  std::size_t multiply_adds() const;
};

/// What is measured; their names are those under which each library's nets are compiled.
const std::vector<image_net>& image_nets();

/// Drawn from a fixed sequence, W as Glorot's rule has it.
std::vector<float> draw_parameters(const image_net&);
/// Outputs of n samples in double, one number at a time: what everybody's are compared with. Channels first on both
/// sides.
std::vector<double> compute(const image_net&, const std::vector<float>& parameters, const std::vector<float>& x,
                            std::size_t n);

} // namespace bench
