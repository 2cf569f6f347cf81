#pragma once

#include "interpreter/evaluate.hpp"
#include "recognize/step.hpp"

#include "inlay/io/error.hpp"

namespace inlay::onnx {

using nodes_t = std::vector<const node*>;

/// Follows the one value that varies from the model's input to its output, and makes steps of what happens to it: the
/// recognizers do, one for each kind of layer. They read and move what is public here.
///
/// Of each tensor on the way it knows where each element comes from: `where` holds sample * features + feature.
/// Reshapes and transpositions only permute that. The next dense layer takes the permutation into its weights; in front
/// of a convolution and at an end it must be a transposition, for which there is a layer.
class follower {
public:
  /// `shape` of the input, without open extents: the samples are along its first axis, or its last.
  follower(const graph& model, const std::string& output, const std::vector<std::int64_t>& shape, bool batch_last);

  /// From the input to the output. Throws io::error for what inlay has no layer for.
  void run();

  std::vector<step> steps;
  std::vector<std::size_t> input_shape; ///< of one sample
  std::vector<std::size_t> input_where;
  std::size_t input_features;

  const graph& model;
  nodes_t needed;      ///< the nodes that vary, in order
  std::string current; ///< the tensor that it has come to, and of it:
  std::vector<std::size_t> where;
  std::size_t samples, features;
  bool image = false; ///< a sample is <channels, height, width> by the layers so far

  /// From the current tensor to `end`, past the nodes `without`, for layers within a layer.
  void follow(const std::string& end, std::vector<step>& into, const nodes_t& without);
  /// The first output of the node is the current tensor now.
  void move_on(const node& of);
  [[noreturn]] void fail(const node& of, std::string expected, std::string found) const {
    throw io::error(model.file, of.title(), std::move(expected), std::move(found));
  }

  /// Whether the input has to do with the tensor; if not, it is a constant.
  bool varies(const std::string& name) const;
  nodes_t users(const std::string& name, const nodes_t& without) const;
  /// A tensor for some input of the model: of a constant what it is, of another its shape.
  const tensor& value(const std::string& name) const { return values.at(name); }
  /// A constant that becomes parameters; throws io::error for an element that is infinite or NaN.
  const tensor& parameters(const node& of, const std::string& name) const;
  /// A constant input, broadcast to the node's output.
  tensor broadcast(const node& of, const std::string& name) const;

private:
  std::string output;
  std::map<std::string, bool> varying_tensors;
  std::map<std::string, nodes_t> uses;
  std::map<std::string, tensor> values;
};

} // namespace inlay::onnx
