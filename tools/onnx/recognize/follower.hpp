#pragma once

#include "interpreter/evaluate.hpp"
#include "recognize/step.hpp"

#include "inlay/io/error.hpp"

#include <optional>

namespace inlay::onnx {

/// Follows the one value that varies from the model's input to its output, and makes steps of what happens to it.
///
/// Of each tensor on the way it knows where each element comes from: `where` holds sample * features + feature.
/// Reshapes and transpositions only permute that. The next dense layer takes the permutation into its weights; in front
/// of a convolution and at an end it must be a transposition, for which there is a layer.
class follower {
public:
  /// `shape` of the input, without open extents: the samples are along its first axis, or its last.
  follower(const graph& model, const std::string& output, const std::vector<std::int64_t>& shape, bool batch_last);

  /// Throws io::error for what inlay has no layer for.
  void run();

  std::vector<step> steps;
  std::vector<std::size_t> input_shape; ///< of one sample
  std::vector<std::size_t> input_where, where;
  std::size_t samples, features; ///< of the current tensor
  std::size_t input_features;

private:
  using nodes_t = std::vector<const node*>;

  [[noreturn]] void fail(const node& of, std::string expected, std::string found) const {
    throw io::error(model.file, of.title(), std::move(expected), std::move(found));
  }
  const tensor& value(const std::string& name) const { return values.at(name); }
  /// A constant that becomes parameters; throws io::error for an element that is infinite or NaN.
  const tensor& parameters(const node& of, const std::string& name) const;
  /// A constant input, broadcast to the node's output.
  tensor broadcast(const node& of, const std::string& name) const;
  nodes_t users(const std::string& name, const nodes_t& without) const;
  void move_on(const node& of);

  // follower.cpp
  void follow(const std::string& end, std::vector<step>& into, const nodes_t& without);
  void take(const node& of, std::vector<step>& into);
  bool take_residual(const nodes_t& next, std::vector<step>& into);

  // follow_order.cpp
  void take_structure(const node& of);
  /// Adds a transpose where that makes `where` the wanted one; false if none does.
  bool put_in_order(const std::vector<std::size_t>& wanted, const std::string& title, std::vector<step>& into);
  /// A sample has whatever shape the first layer of shapes wants it to have.
  void begin_with(const std::vector<std::size_t>& shape, const std::vector<step>& into);

  // follow_linear.cpp
  struct matrix;
  void take_matrix(const node& of, std::vector<step>& into);
  void add_dense(const node& of, std::vector<step>& into, const matrix& map);
  std::vector<double> bias_of(const node& of, const matrix& map) const;
  void take_convolution(const node& of, std::vector<step>& into);

  // follow_scale.cpp: one factor and summand for each feature
  bool take_scale(const node& of, std::vector<step>& into);
  void add_scale(const node& of, std::vector<step>& into, const std::vector<double>& scale,
                 const std::vector<double>& shift);

  // follow_activation.cpp
  bool take_activation(const std::string& end, std::vector<step>& into, const nodes_t& without);
  void take_softmax(const node& of, std::vector<step>& into);
  bool take_complement(const nodes_t& next, std::vector<step>& into);
  bool take_bounds(const node& of, std::vector<step>& into);
  /// The function of one number that a node is at probes(), if it is one.
  std::optional<std::vector<double>> at_probes(const node& of) const;

  const graph& model;
  std::string output;
  std::map<std::string, bool> varies;
  nodes_t needed; ///< the nodes that vary, in order
  std::map<std::string, nodes_t> uses;
  std::map<std::string, tensor> values;
  std::string current;
};

} // namespace inlay::onnx
