#include "import.hpp"

#include "activation.hpp"
#include "evaluate.hpp"
#include "step.hpp"

#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <set>

namespace inlay::onnx {

namespace {

using io::detail::in_quotes, io::detail::layer_kind, io::detail::size_of;

/// Follows the one value that varies from the model's input to its output, and makes steps of what happens to
/// it.
///
/// Of each tensor on the way it knows where each element comes from: `where` holds sample * features +
/// feature. Reshapes and transpositions only permute that, and the next linear map takes the permutation into
/// its weights.
class follower {
public:
  follower(const graph& model, const std::string& output, std::vector<std::int64_t> shape, bool batch_last)
      : model(model), output(output), varies(varying(model)) {
    for (const node& of : model.nodes)
      if (varies[of.outputs[0]])
        needed.push_back(&of);
    tensor x{shape, {}};
    std::size_t elements = 1;
    for (const auto extent : shape)
      elements *= static_cast<std::size_t>(extent);
    samples = shape.size() < 2 ? 1 : static_cast<std::size_t>(batch_last ? shape.back() : shape[0]);
    features = elements / samples;
    for (std::size_t at = 0; at < elements; ++at)
      x.values.push_back(static_cast<double>(at % 7) * 0.25 - 0.6);
    values = evaluate(model, {{model.inputs[0].name, x}});
    current = model.inputs[0].name;
    for (std::size_t at = 0; at < elements; ++at)
      where.push_back(batch_last ? at % samples * features + at / samples : at);
    input_where = where;
    for (std::size_t d = 0; d < shape.size(); ++d)
      if (shape.size() < 2 || d != (batch_last ? shape.size() - 1 : 0))
        input_shape.push_back(static_cast<std::size_t>(shape[d]));
    if (input_shape.empty())
      input_shape = {1};
    input_features = features;
  }

  void run() {
    follow(output, steps, {});
    std::vector<std::size_t> next(samples, 0);
    for (const std::size_t at : where)
      if (at % features != next[at / features]++)
        throw io::error(model.file, "output " + in_quotes(output), "the features of a sample in their order",
                        "a transposition of them");
  }

  std::vector<step> steps;
  std::vector<std::size_t> input_shape, input_where, where;
  std::size_t samples, features; ///< of the current tensor
  std::size_t input_features;

private:
  using nodes_t = std::vector<const node*>;

  [[noreturn]] void fail(const node& of, std::string expected, std::string found) const {
    throw io::error(model.file, of.title(), std::move(expected), std::move(found));
  }
  const tensor& value(const std::string& name) const { return values.at(name); }

  nodes_t users(const std::string& name, const nodes_t& without) const {
    nodes_t found;
    for (const node* of : needed)
      if (std::count(of->inputs.begin(), of->inputs.end(), name) &&
          !std::count(without.begin(), without.end(), of))
        found.push_back(of);
    return found;
  }

  void move_on(const node& of) {
    current = of.outputs[0];
    if (features == 0)
      fail(of, "a result of at least one element", "an empty one");
  }

  void follow(const std::string& end, std::vector<step>& into, const nodes_t& without) {
    while (current != end) {
      const auto next = users(current, without);
      if (next.empty())
        throw io::error(model.file, in_quotes(current), "nodes that lead to " + in_quotes(end), "none");
      if (take_activation(end, into, without) || take_complement(next, into) || take_residual(next, into))
        continue;
      const node& of = *next[0];
      if (next.size() > 1)
        fail(of, "a chain of layers, an activation or a sum with what went in (residual)",
             in_quotes(current) + " used also by " + next[1]->title() + ", in a way that is none of these");
      take(of, into);
    }
  }

  void take(const node& of, std::vector<step>& into) {
    static const std::set<std::string> structural{"Reshape",  "Flatten", "Squeeze", "Unsqueeze", "Transpose",
                                                  "Identity", "Dropout", "Cast",    "CastLike"};
    if (of.domain.empty() && structural.contains(of.op))
      return take_structure(of);
    if (of.domain.empty() && (of.op == "Gemm" || of.op == "MatMul"))
      return take_matrix(of, into);
    if (of.domain.empty() && of.op == "Conv")
      return take_convolution(of, into);
    if (of.domain.empty() && (of.op == "Softmax" || of.op == "LogSoftmax"))
      return take_softmax(of, into);
    if (take_scale(of, into))
      return;
    fail(
        of, "an operator that dense, conv1d, activation and residual layers are made of",
        is_elementwise(of)
            ? "a function that is none of inlay's activations (relu, leaky_relu, elu, celu, selu, sigmoid, "
              "tanh, "
              "gelu, gelu_tanh, silu, mish, softplus, softsign, hard_sigmoid, hard_tanh, hard_swish, a clamp)"
            : of.op);
  }

  // --- what only moves elements
  // -----------------------------------------------------------------------------------

  void take_structure(const node& of) {
    if (of.inputs[0] != current)
      fail(of, in_quotes(current) + " as its data", "a shape or type that depends on the input");
    if (of.op == "Cast" && (of.number("to", 1) != 1 && of.number("to", 1) != 11))
      fail(of, "a Cast that changes nothing", "one to another type");
    tensor places{value(current).shape, {where.begin(), where.end()}};
    std::vector<const tensor*> inputs{&places};
    for (std::size_t i = 1; i < of.inputs.size(); ++i)
      inputs.push_back(of.inputs[i].empty() ? nullptr : &value(of.inputs[i]));
    const tensor moved = evaluate(model, of, inputs);
    for (std::size_t at = 0; at < where.size(); ++at)
      where[at] = static_cast<std::size_t>(moved.values[at]);
    move_on(of);
  }

  // --- linear maps
  // -------------------------------------------------------------------------------------------------

  /// A dense layer: `rows` of elements of the current tensor, each one sample, go to the rows of `result`;
  /// weight(n, k).
  template <class Weight, class In, class Out>
  void add_dense(const node& of, std::vector<step>& into, std::size_t rows, std::size_t inner,
                 std::size_t outputs, In in, Out out, Weight weight, const std::vector<double>& biases) {
    if (rows != samples || inner != features)
      fail(of, "a matrix of all " + std::to_string(features) + " features of a sample",
           std::to_string(rows) + " rows of " + std::to_string(inner) + " for " + std::to_string(samples) +
               " samples (a dense layer along another axis is not of inlay's)");
    std::vector<std::size_t> order(inner), sample(rows), result(rows * outputs);
    for (std::size_t r = 0; r < rows; ++r) {
      sample[r] = where[in(r, 0)] / features;
      for (std::size_t k = 0; k < inner; ++k) {
        const std::size_t from = where[in(r, k)];
        if (r == 0)
          order[k] = from % features;
        if (from / features != sample[r] || from % features != order[k])
          fail(of, "rows that are samples", "rows that mix samples, or their features in another order each");
      }
      for (std::size_t n = 0; n < outputs; ++n)
        result[out(r, n)] = sample[r] * outputs + n;
    }
    step one{step::kind::linear, of.title()};
    one.layer = {.kind = layer_kind::dense, .input = {inner}, .output = {outputs}};
    one.layer.weights.resize(outputs * inner);
    for (std::size_t n = 0; n < outputs; ++n)
      for (std::size_t k = 0; k < inner; ++k)
        one.layer.weights[n * inner + order[k]] = weight(n, k);
    one.layer.biases = biases;
    into.push_back(std::move(one));
    where = std::move(result), features = outputs;
    move_on(of);
  }

  void take_matrix(const node& of, std::vector<step>& into) {
    const bool gemm = of.op == "Gemm", left = of.inputs[0] == current; // what varies is on the left: x W
    const tensor &x = value(current), &w = value(of.inputs[left ? 1 : 0]);
    if (varies[of.inputs[left ? 1 : 0]])
      fail(of, "one factor that is constant", "two that depend on the input");
    const bool transposed_x = gemm && of.number(left ? "transA" : "transB", 0) != 0;
    const bool transposed_w = gemm && of.number(left ? "transB" : "transA", 0) != 0;
    if (w.rank() > 2)
      fail(of, "a constant matrix or vector", text_of(w.shape));
    // as matrices: w [inner][outputs] if it is on the right, [outputs][inner] on the left, before its
    // transposition
    const bool inner_first = left ? !transposed_w : transposed_w;
    const auto extent = [&](std::size_t d) {
      return w.rank() == 1 ? (d == 0 ? w.size() : 1) : static_cast<std::size_t>(w.shape[d]);
    };
    const bool vector = w.rank() == 1;
    const std::size_t inner = vector ? w.size() : extent(inner_first ? 0 : 1),
                      outputs = vector ? 1 : extent(inner_first ? 1 : 0);
    if (inner == 0 || outputs == 0 || x.size() == 0 || x.rank() == 0)
      fail(of, "weights", text_of(w.shape));
    const double alpha = gemm ? of.number("alpha", 1) : 1;
    const auto weight = [&](std::size_t n, std::size_t k) {
      return alpha * w.values[inner_first ? k * outputs + n : n * inner + k];
    };
    const std::size_t rows = x.size() / inner;
    // x W: an element of x is at [r][k]; W x: at [k][r]
    const bool row_major = left ? !transposed_x : transposed_x || x.rank() == 1;
    if (!row_major && x.rank() != 2)
      fail(of, "a matrix", text_of(x.shape));
    const auto in = [&](std::size_t r, std::size_t k) { return row_major ? r * inner + k : k * rows + r; };
    const auto out = [&](std::size_t r, std::size_t n) {
      return left || x.rank() == 1 ? r * outputs + n : n * rows + r;
    };
    std::vector<double> biases(outputs, 0);
    if (gemm && of.inputs.size() > 2 && !of.inputs[2].empty()) {
      if (varies[of.inputs[2]])
        fail(of, "a constant C", "one that depends on the input");
      const tensor zero{value(of.outputs[0]).shape, std::vector<double>(rows * outputs, 0)};
      const tensor c = evaluate(
          model, {.name = of.name, .op = "Add", .domain = "", .inputs = {}, .outputs = {}, .attributes = {}},
          {&zero, &value(of.inputs[2])});
      for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t n = 0; n < outputs; ++n) {
          if (r > 0 && c.values[out(r, n)] != c.values[out(0, n)])
            fail(of, "a bias that is the same for all samples", "one of its own for each");
          biases[n] = of.number("beta", 1) * c.values[out(0, n)];
        }
    }
    add_dense(of, into, rows, inner, outputs, in, out, weight, biases);
  }

  void take_convolution(const node& of, std::vector<step>& into) {
    const tensor &x = value(current), &w = value(of.inputs[1]);
    if (of.inputs[0] != current || varies[of.inputs[1]] || (of.inputs.size() > 2 && varies[of.inputs[2]]))
      fail(of, "constant weights", "weights that depend on the input");
    const std::size_t axis =
        x.rank() == 3 || x.shape[2] != 1 || w.shape[2] != 1 ? 0 : 1; // the one that is not of length 1
    if (x.rank() == 4 && (x.shape[axis ? 2 : 3] != 1 || w.shape[axis ? 2 : 3] != 1))
      fail(of, "a convolution along one axis (conv1d)",
           text_of(x.shape) + " and weights " + text_of(w.shape));
    for (const auto pad : of.list("pads"))
      if (pad)
        fail(of, "a convolution without padding (conv1d is valid)", "pads " + text_of(of.list("pads")));
    if (const auto pad = of.text("auto_pad", "NOTSET"); pad != "NOTSET" && pad != "VALID")
      fail(of, "a convolution without padding (conv1d is valid)", "auto_pad " + pad.substr(0, 20));
    if (of.number("group", 1) != 1)
      fail(of, "a convolution of one group", std::to_string(of.number("group", 1)));
    const auto channels = static_cast<std::size_t>(x.shape[1]),
               length = static_cast<std::size_t>(x.shape[2 + axis]);
    for (std::size_t at = 0; at < where.size(); ++at)
      if (where[at] != at || channels * length != features)
        fail(of, "a sample as [channels][length]",
             "another order of its elements (channels last?), or another size");
    const auto option = [&](const char* name) {
      const auto list = of.list(name);
      return axis < list.size() ? static_cast<std::size_t>(list[axis]) : 1;
    };
    step one{step::kind::linear, of.title()};
    const tensor& y = value(of.outputs[0]);
    const auto outputs = static_cast<std::size_t>(w.shape[0]),
               positions = static_cast<std::size_t>(y.shape[2 + axis]);
    one.layer = {.kind = layer_kind::conv1d, .input = {channels, length}, .output = {outputs, positions}};
    one.layer.kernel = static_cast<std::size_t>(w.shape[2 + axis]);
    one.layer.stride = option("strides"), one.layer.dilation = option("dilations");
    if (one.layer.kernel == 1)
      one.layer.dilation = 1;
    one.layer.weights = w.values;
    one.layer.biases.assign(outputs, 0);
    if (of.inputs.size() > 2 && !of.inputs[2].empty())
      one.layer.biases = value(of.inputs[2]).values;
    const bool first = std::none_of(into.begin(), into.end(), [](const step& s) {
      return s.is == step::kind::linear || s.is == step::kind::residual;
    });
    if (first && &into == &steps)
      input_shape = {channels, length}; // else fold() sees to it that the shapes fit
    into.push_back(std::move(one));
    where.resize(y.size());
    std::iota(where.begin(), where.end(), std::size_t{0});
    features = outputs * positions;
    move_on(of);
  }

  // --- one factor and summand for each feature
  // -----------------------------------------------------------------------

  bool take_scale(const node& of, std::vector<step>& into) {
    const tensor& x = value(current);
    std::vector<double> scale(x.size(), 1), shift(x.size(), 0);
    if (of.domain.empty() && of.op == "BatchNormalization") {
      if (of.inputs[0] != current || x.rank() < 2)
        return false;
      for (std::size_t i = 1; i < 5; ++i)
        if (varies[of.inputs[i]])
          fail(of, "constant statistics", "some that depend on the input");
      const auto channels = static_cast<std::size_t>(x.shape[1]),
                 inner = x.size() / static_cast<std::size_t>(x.shape[0]) / channels;
      for (std::size_t at = 0; at < x.size(); ++at) {
        const std::size_t c = at / inner % channels;
        scale[at] = value(of.inputs[1]).values[c] /
                    std::sqrt(value(of.inputs[4]).values[c] + of.number("epsilon", 1e-5));
        shift[at] = value(of.inputs[2]).values[c] - value(of.inputs[3]).values[c] * scale[at];
      }
    } else if (of.domain == "ai.onnx.ml" && of.op == "Scaler") {
      const auto &offsets = of.attributes.at("offset").numbers, &scales = of.attributes.at("scale").numbers;
      const auto last = static_cast<std::size_t>(x.shape.empty() ? 1 : x.shape.back());
      for (std::size_t at = 0; at < x.size(); ++at) {
        scale[at] = scales[scales.size() == 1 ? 0 : at % last];
        shift[at] = -offsets[offsets.size() == 1 ? 0 : at % last] * scale[at];
      }
    } else if (of.domain.empty() && (of.op == "Add" || of.op == "Sub" || of.op == "Mul" || of.op == "Div") &&
               of.inputs.size() == 2) {
      const bool left = of.inputs[0] == current;
      const std::string& other = of.inputs[left ? 1 : 0];
      if (varies[other] || (of.op == "Div" && !left))
        return false;
      if (value(of.outputs[0]).size() != x.size())
        fail(of, "a constant that broadcasts to " + text_of(x.shape), text_of(value(other).shape));
      const tensor zero{value(of.outputs[0]).shape, std::vector<double>(x.size(), 0)};
      const tensor c = evaluate(
          model, {.name = of.name, .op = "Add", .domain = "", .inputs = {}, .outputs = {}, .attributes = {}},
          {&zero, &value(other)});
      for (std::size_t at = 0; at < x.size(); ++at) {
        if (of.op == "Add")
          shift[at] = c.values[at];
        if (of.op == "Sub")
          shift[at] = left ? -c.values[at] : c.values[at], scale[at] = left ? 1 : -1;
        if (of.op == "Mul")
          scale[at] = c.values[at];
        if (of.op == "Div")
          scale[at] = 1 / c.values[at];
      }
    } else {
      return false;
    }
    add_scale(of, into, scale, shift);
    move_on(of);
    return true;
  }

  void add_scale(const node& of, std::vector<step>& into, const std::vector<double>& scale,
                 const std::vector<double>& shift) {
    step one{step::kind::scale, of.title()};
    one.scale.assign(features, NAN), one.shift.assign(features, NAN);
    for (std::size_t at = 0; at < where.size(); ++at) {
      const std::size_t f = where[at] % features;
      if (std::isnan(one.scale[f]))
        one.scale[f] = scale[at], one.shift[f] = shift[at];
      if (!std::isfinite(scale[at]) || !std::isfinite(shift[at]))
        fail(of, "finite constants", "others");
      if (one.scale[f] != scale[at] || one.shift[f] != shift[at])
        fail(of, "constants that are the same for all samples", "some of their own for each");
    }
    into.push_back(std::move(one));
  }

  // --- activations
  // ---------------------------------------------------------------------------------------------------

  /// The longest run of elementwise nodes from the current tensor whose function is an activation of inlay's;
  /// else the longest that is affine.
  bool take_activation(const std::string& end, std::vector<step>& into, const nodes_t& without) {
    std::map<std::string, tensor> at_probes{
        {current, {{static_cast<std::int64_t>(probes().size())}, probes()}}};
    std::map<std::string, std::size_t> open{
        {current, users(current, without).size()}}; // tensors with users to come
    const node* last_activation = nullptr;
    const node* last_affine = nullptr;
    scaled_activation activation;
    std::pair<double, double> affine;
    for (const node* of : needed) {
      if (std::count(without.begin(), without.end(), of))
        continue;
      if (std::none_of(of->inputs.begin(), of->inputs.end(),
                       [&](auto& name) { return at_probes.contains(name); }))
        continue;
      if (!is_elementwise(*of) && of->op != "Cast" && of->op != "CastLike" && of->op != "Dropout")
        break;
      std::vector<tensor> constants;
      std::vector<const tensor*> inputs;
      constants.reserve(of->inputs.size());
      bool known = true;
      for (const auto& name : of->inputs) {
        if (name.empty() || at_probes.contains(name)) {
          inputs.push_back(name.empty() ? nullptr : &at_probes.at(name));
        } else {
          known = known && !varies[name] && value(name).size() == 1;
          if (!known)
            break;
          constants.push_back(scalar(value(name).values[0]));
          inputs.push_back(&constants.back());
        }
      }
      if (!known || value(of->outputs[0]).size() != value(current).size())
        break;
      if (of->op == "Cast" && of->number("to", 1) != 1 && of->number("to", 1) != 11)
        break;
      at_probes[of->outputs[0]] = evaluate(model, *of, inputs);
      const std::set<std::string> distinct(of->inputs.begin(), of->inputs.end());
      for (const auto& name : distinct)
        if (const auto found = open.find(name); found != open.end() && --found->second == 0)
          open.erase(found);
      const bool ends = of->outputs[0] == end;
      open[of->outputs[0]] = ends ? 1 : users(of->outputs[0], without).size();
      if (open.size() == 1 &&
          open.begin()->first == of->outputs[0]) { // everything from here goes through this tensor
        const auto& values = at_probes[of->outputs[0]].values;
        if (const auto found = recognise(values))
          last_activation = of, activation = *found;
        else if (const auto line = recognise_affine(values))
          last_affine = of, affine = *line;
      }
      if (ends)
        break;
    }
    const std::size_t n = where.size();
    if (last_activation) {
      const auto& of = *last_activation;
      if (activation.scale != 1 || activation.shift != 0)
        add_scale(of, into, std::vector(n, activation.scale), std::vector(n, activation.shift));
      step one{step::kind::activation, of.title()};
      one.layer.activation = activation.activation;
      if (activation.activation.name != "identity")
        into.push_back(std::move(one));
      if (activation.scale_after != 1 || activation.shift_after != 0)
        add_scale(of, into, std::vector(n, activation.scale_after), std::vector(n, activation.shift_after));
      move_on(of);
    } else if (last_affine) {
      add_scale(*last_affine, into, std::vector(n, affine.first), std::vector(n, affine.second));
      move_on(*last_affine);
    }
    return last_activation || last_affine;
  }

  void take_softmax(const node& of, std::vector<step>& into) {
    // Each group that sums to one must be one whole sample. The function itself tells: raise one element, see
    // which move.
    tensor x = value(current);
    for (double& number : x.values)
      number = 0;
    const tensor before = evaluate(model, of, {&x});
    for (std::size_t sample = 0; sample < samples; ++sample) {
      std::size_t at = 0;
      while (at < where.size() && where[at] / features != sample)
        ++at;
      tensor raised = x;
      raised.values[at] = 1;
      const tensor after = evaluate(model, of, {&raised});
      for (std::size_t other = 0; other < where.size(); ++other)
        if ((before.values[other] != after.values[other]) != (where[other] / features == sample) &&
            features > 1)
          fail(of, "the axis of all features of a sample",
               "axis " + std::to_string(static_cast<long>(of.number("axis", -1))) + " of " +
                   text_of(x.shape));
    }
    step one{step::kind::activation, of.title()};
    one.layer.activation.name = of.op == "Softmax" ? "softmax" : "log_softmax";
    into.push_back(std::move(one));
    move_on(of);
  }

  /// [1 - p, p] of p = sigmoid(z), scikit-learn's two classes: the sigmoid of [-z, z].
  bool take_complement(const nodes_t& next, std::vector<step>& into) {
    if (next.size() != 2 || into.size() < 2 || features != 1)
      return false;
    const node *sub = next[0], *concat = next[1];
    if (sub->op != "Sub" || concat->op != "Concat" || sub->inputs.size() != 2 || sub->inputs[1] != current)
      return false;
    if (varies[sub->inputs[0]] || value(sub->inputs[0]).values != std::vector<double>{1})
      return false;
    if (concat->inputs != std::vector<std::string>{sub->outputs[0], current} ||
        users(sub->outputs[0], {}).size() != 1)
      return false;
    const auto& last = into.back();
    if (last.is != step::kind::activation || last.layer.activation.name != "sigmoid")
      return false;
    std::size_t i =
        into.size() - 1; // the linear map whose output this is, a bias as a step of its own between
    while (i > 0 && into[i - 1].is == step::kind::scale)
      --i;
    if (i == 0 || into[i - 1].is != step::kind::linear || into[i - 1].layer.kind != layer_kind::dense)
      return false;
    const tensor& both = value(concat->outputs[0]);
    if (both.size() != 2 * samples || value(current).rank() != 2 || both.shape[1] != 2)
      return false;
    for (; i + 1 < into.size(); ++i) { // scales first become part of the map
      into[i].scale.assign(2, into[i].scale[0]);
      into[i].shift = {-into[i].shift[0], into[i].shift[0]};
    }
    for (std::size_t s = into.size(); s-- > 0;)
      if (into[s].is == step::kind::linear) {
        auto& layer = into[s].layer;
        const auto w = layer.weights;
        for (std::size_t k = 0; k < w.size(); ++k)
          layer.weights[k] = -w[k];
        layer.weights.insert(layer.weights.end(), w.begin(), w.end());
        layer.biases = {-layer.biases[0], layer.biases[0]};
        layer.output = {2};
        break;
      }
    features = 2;
    std::vector<std::size_t> result;
    for (const std::size_t sample : where)
      result.insert(result.end(), {2 * sample, 2 * sample + 1});
    where = result;
    move_on(*concat);
    return true;
  }

  /// x + F(x), F a chain of layers.
  bool take_residual(const nodes_t& next, std::vector<step>& into) {
    if (next.size() != 2)
      return false;
    for (const node* sum : next) {
      if (sum->op != "Add" || !sum->domain.empty() || sum->inputs.size() != 2)
        continue;
      const std::string inside = sum->inputs[0] == current ? sum->inputs[1] : sum->inputs[0];
      if (inside == current || !varies[inside])
        continue;
      const auto start_where = where;
      const auto start_features = features;
      const std::string start = current;
      step one{step::kind::residual, sum->title()};
      follow(inside, one.inner, {sum});
      if (value(start).shape != value(inside).shape || where != start_where || features != start_features)
        fail(*sum, "a sum with what went in, in shape and order",
             text_of(value(start).shape) + " and " + text_of(value(inside).shape));
      into.push_back(std::move(one));
      move_on(*sum);
      return true;
    }
    return false;
  }

  const graph& model;
  std::string output;
  std::map<std::string, bool> varies;
  nodes_t needed;
  std::map<std::string, tensor> values;
  std::string current;
};

/// The model without what its output does not need: a classifier's labels, say.
graph pruned(graph model, const std::string& output) {
  std::set<std::string> wanted{output};
  std::vector<node> nodes;
  for (std::size_t i = model.nodes.size(); i-- > 0;) {
    node& of = model.nodes[i];
    if (std::none_of(of.outputs.begin(), of.outputs.end(),
                     [&](auto& name) { return !name.empty() && wanted.contains(name); }))
      continue;
    if (!wanted.contains(of.outputs[0]) || of.outputs[0].empty())
      throw io::error(model.file, of.title(), "its first output to be used", "another one used");
    wanted.insert(of.inputs.begin(), of.inputs.end());
    nodes.insert(nodes.begin(), std::move(of));
  }
  model.nodes = std::move(nodes);
  std::erase_if(model.constants, [&](auto& constant) { return !wanted.contains(constant.first); });
  std::erase_if(model.inputs, [&](auto& input) { return !wanted.contains(input.name); });
  return model;
}

port choose_output(const graph& model, const std::string& name) {
  std::string names;
  std::vector<port> choice;
  for (const auto& output : model.outputs) {
    names += (names.empty() ? "" : ", ") + in_quotes(output.name);
    if (name.empty() ? output.floating : output.name == name)
      choice.push_back(output);
  }
  if (choice.size() == 1)
    return choice[0];
  if (!name.empty()) { // any tensor within will do
    for (const node& of : model.nodes)
      if (!of.outputs.empty() && of.outputs[0] == name)
        return {.name = name, .shape = {}, .shape_text = "", .floating = true};
    throw io::error(model.file, "output " + in_quotes(name), "a tensor of this name", "outputs " + names);
  }
  throw io::error(model.file, "outputs",
                  "one of floating point, or OUTPUT with the name of the one that is meant", names);
}

/// The follower that understood the model: with samples along the first axis, or else along the last.
follower understand(const graph& model, const port& input, const std::string& output) {
  const auto attempt = [&](std::int64_t open, bool batch_last) {
    auto shape = input.shape;
    std::size_t elements = 1;
    for (std::size_t d = 0; d < shape.size(); ++d) {
      if (shape[d] < 0 && shape.size() > 1 && d == (batch_last ? shape.size() - 1 : 0))
        shape[d] = open;
      if (shape[d] < 1)
        throw io::error(model.file, "input " + in_quotes(input.name), "a fixed shape of a sample",
                        "shape " + input.shape_text);
      if (__builtin_mul_overflow(elements, static_cast<std::size_t>(shape[d]), &elements) ||
          elements > model.element_limit)
        throw io::error(model.file, "input " + in_quotes(input.name),
                        "at most " + std::to_string(model.element_limit) + " elements",
                        "shape " + input.shape_text);
    }
    follower one(model, output, shape, batch_last);
    one.run();
    return one;
  };
  try {
    return attempt(2, false);
  } catch (const io::error& first) {
    if (!input.shape.empty() && input.shape[0] < 0)
      try { // a model made for a batch of one has that written in its reshapes
        return attempt(1, false);
      } catch (const io::error&) {
      }
    if (input.shape.size() == 2)
      try {
        return attempt(2, true);
      } catch (const io::error&) {
      }
    throw;
  }
}

/// Inputs to verify with: small and large ones; where the model begins by scaling its inputs, in the range
/// that it expects.
std::vector<std::vector<double>> make_inputs(const follower& of) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::vector<std::vector<double>> inputs;
  for (const double size : {0.0, 0.1, 1.0, 1.0, 1.0, 1.0, 3.0, 3.0}) {
    auto& x = inputs.emplace_back();
    for (std::size_t f = 0; f < of.input_features; ++f) {
      x.push_back(size * uniform(random));
      if (!of.steps.empty() && of.steps[0].is == step::kind::scale && of.steps[0].scale[f] != 0)
        x[f] = (x[f] - of.steps[0].shift[f]) / of.steps[0].scale[f];
    }
  }
  return inputs;
}

std::vector<std::vector<double>> given_inputs(const graph& model, const std::vector<tensor>& given,
                                              std::size_t features) {
  std::vector<std::vector<double>> inputs;
  for (const tensor& one : given) {
    if (one.size() == 0 || one.size() % features)
      throw io::error(model.file, "inputs to verify with", "samples of " + std::to_string(features),
                      "shape " + text_of(one.shape));
    for (auto at = one.values.begin(); at != one.values.end(); at += static_cast<std::ptrdiff_t>(features))
      inputs.emplace_back(at, at + static_cast<std::ptrdiff_t>(features));
  }
  return inputs;
}

} // namespace

imported_model import_model(const graph& whole, const import_options& options) {
  imported_model into;
  into.output = choose_output(whole, options.output);
  const graph model = pruned(whole, into.output.name);
  if (model.inputs.size() != 1) {
    std::string names;
    for (const auto& input : model.inputs)
      names += (names.empty() ? "" : ", ") + in_quotes(input.name);
    throw io::error(model.file, "inputs", "one",
                    std::to_string(model.inputs.size()) + (names.empty() ? "" : ": " + names));
  }
  into.input = model.inputs[0];
  if (!into.input.floating)
    throw io::error(model.file, "input " + in_quotes(into.input.name), "a tensor of FLOAT or DOUBLE",
                    "another type");
  const follower followed = understand(model, into.input, into.output.name);
  into.net = {into.input.double_precision, followed.input_shape,
              fold(followed.steps, followed.input_shape, model.file)};
  if (into.net.layers.empty())
    throw io::error(model.file, "", "a net of at least one layer", "a model that computes nothing");

  into.x = options.inputs.empty() ? make_inputs(followed)
                                  : given_inputs(model, options.inputs, followed.input_features);
  const auto round = [&](double value) {
    return into.net.double_precision ? value : static_cast<double>(static_cast<float>(value));
  };
  for (std::size_t first = 0; first < into.x.size();
       first += followed.input_where.size() / followed.input_features) {
    const std::size_t batch = followed.input_where.size() / followed.input_features;
    tensor x{into.input.shape, {}};
    for (auto& extent : x.shape)
      if (extent < 0)
        extent = static_cast<std::int64_t>(batch);
    for (const std::size_t from : followed.input_where) {
      auto& sample = into.x[std::min(first + from / followed.input_features, into.x.size() - 1)];
      sample[from % followed.input_features] = round(sample[from % followed.input_features]);
      x.values.push_back(sample[from % followed.input_features]);
    }
    const tensor y = evaluate(model, {{into.input.name, x}}).at(into.output.name);
    for (std::size_t sample = 0; sample < batch && first + sample < into.x.size(); ++sample) {
      into.y.emplace_back();
      for (std::size_t at = 0; at < y.size(); ++at)
        if (followed.where[at] / followed.features == sample)
          into.y.back().push_back(y.values[at]);
      const auto computed = evaluate(into.net, into.x[first + sample]);
      for (std::size_t o = 0; o < into.y.back().size(); ++o) {
        const double wanted = into.y.back()[o],
                     difference = std::abs(computed[o] - wanted) / std::max(1.0, std::abs(wanted));
        if (!std::isfinite(wanted))
          throw io::error(model.file, "verification sample " + std::to_string(first + sample),
                          "finite outputs", "output " + std::to_string(o) + " infinite or NaN");
        if (!(difference <= 1e-5))
          throw io::error(model.file, "verification sample " + std::to_string(first + sample),
                          io::detail::text_of(wanted) +
                              ", what the graph computes (please report this: the importer is wrong)",
                          io::detail::text_of(computed[o]));
        into.worst_rounding = std::max(into.worst_rounding, difference);
      }
    }
  }
  return into;
}

std::vector<double> evaluate(const io::detail::net_description& net, std::vector<double> x) {
  for (const auto& layer : net.layers) {
    std::vector<double> y(size_of(layer.output));
    if (layer.kind == layer_kind::residual) {
      y = evaluate({net.double_precision, layer.input, layer.inner}, x);
      for (std::size_t i = 0; i < y.size(); ++i)
        y[i] += x[i];
    } else if (layer.kind == layer_kind::activation) {
      y = x;
    } else if (layer.kind == layer_kind::dense) {
      for (std::size_t o = 0; o < y.size(); ++o) {
        y[o] = layer.biases[o];
        for (std::size_t i = 0; i < x.size(); ++i)
          y[o] += layer.weights[o * x.size() + i] * x[i];
      }
    } else {
      const std::size_t positions = layer.output[1], length = layer.input[1],
                        taps = layer.input[0] * layer.kernel;
      for (std::size_t o = 0; o < layer.output[0]; ++o)
        for (std::size_t p = 0; p < positions; ++p) {
          y[o * positions + p] = layer.biases[o];
          for (std::size_t t = 0; t < taps; ++t)
            y[o * positions + p] +=
                layer.weights[o * taps + t] *
                x[t / layer.kernel * length + p * layer.stride + t % layer.kernel * layer.dilation];
        }
    }
    if (layer.activation.name == "softmax" || layer.activation.name == "log_softmax") {
      const double most = *std::max_element(y.begin(), y.end());
      double sum = 0;
      for (const double z : y)
        sum += std::exp(z - most);
      for (double& z : y)
        z = layer.activation.name == "softmax" ? std::exp(z - most) / sum : z - most - std::log(sum);
    } else {
      for (double& z : y)
        z = activation_value(layer.activation, z);
    }
    x = std::move(y);
  }
  return x;
}

} // namespace inlay::onnx
