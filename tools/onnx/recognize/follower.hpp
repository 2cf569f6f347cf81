#pragma once

#include "interpreter/evaluate.hpp"
#include "recognize/position.hpp"
#include "recognize/reading.hpp"
#include "recognize/step.hpp"

#include "inlay/io/error.hpp"

#include <memory>
#include <set>

namespace inlay::onnx {

using nodes_t = std::vector<const node*>;
struct way;

/// Follows what varies from the model's inputs to its outputs, and makes steps of what happens to it: the recognizers do, one
/// for each kind of layer. They read and move what is public here.
class follower : public position {
public:
  using shapes_t = std::vector<std::vector<std::int64_t>>;

  /// `shapes` of the inputs, without open extents; how they are to be read.
  follower(const graph& model, std::vector<std::string> outputs, const shapes_t& shapes, const reading& as);

  /// From the inputs to the outputs. Throws io::error for what inlay has no layer for.
  void run();
  /// The same, but goes on behind it, as if its result came from outside: why each node is refused, in the order of the graph. The
  /// steps are none of a net then.
  std::vector<io::error> refusals();

  std::vector<step> steps;
  /// An input of the model: the shape of one sample, and where its elements are in that.
  struct end {
    std::string tensor;
    std::vector<std::size_t> shape, where;
    std::size_t features;
    bool shaped = false; ///< a layer wants it to have that shape
  };
  std::vector<end> inputs, outputs; ///< outputs without shapes

  const graph& model;
  nodes_t needed;         ///< the nodes that vary, in order
  std::size_t batch = 1;  ///< how many samples there are
  bool over_time = false; ///< they are sequences
  bool over_positions = false; ///< see reading

  /// From here to the tensor `end`.
  void follow(const std::string& end, std::vector<step>& into);
  /// Of samples that are sequences each step is a sample from here on.
  void steps_of_sequence(std::size_t count);
  /// All steps of a sequence are one sample from here on.
  void all_steps();
  /// The first output of the node is the current tensor now.
  void move_on(const node& of);
  [[noreturn]] void fail(const node& of, std::string expected, std::string found) const {
    throw io::error(model.file, of.title(), std::move(expected), std::move(found));
  }

  /// Whether an input has to do with the tensor; if not, it is a constant.
  bool varies(const std::string& name) const;
  /// All that use a tensor.
  const nodes_t& users(const std::string& name) const;
  /// The nodes through which this leads to the tensor, in order.
  nodes_t between(const std::string& end) const;
  /// A tensor for some input of the model: of a constant what it is, of another its shape.
  const tensor& value(const std::string& name) const { return values.at(name); }
  /// A constant that becomes parameters; throws io::error for an element that is infinite or NaN.
  const tensor& parameters(const node& of, const std::string& name) const;
  /// A constant input, broadcast to the node's output.
  tensor broadcast(const node& of, const std::string& name) const;
  /// The places of a tensor's elements, as a tensor: what an operator that only moves elements can be given.
  tensor places() const;

private:
  void end_of_sequence(const std::string& part);
  void enter(const lane& one, std::vector<step>& into);
  void take(const way& on);
  /// Notes why a node is refused, and goes on behind it; throws where refusals are not asked for.
  void skip(const io::error& why, const node& of);

  std::unique_ptr<node> ends; ///< of several outputs, where they meet; `needed` points to it
  std::map<std::string, bool> varying_tensors;
  std::map<std::string, nodes_t> uses;
  std::map<std::string, tensor> values;
  std::size_t steps_so_far = 0;
  std::vector<io::error>* refused = nullptr;
};

} // namespace inlay::onnx
