#include "recognize/follower.hpp"

#include "inlay/io/detail/text.hpp"

#include <numeric>

namespace inlay::onnx {

using io::detail::in_quotes, io::detail::layer_kind;

/// x W or W x, where W is constant: of each sample a row of `inner` numbers becomes one of `outputs`.
struct follower::matrix {
  const tensor& w;
  double alpha;
  std::size_t rows, inner, outputs;
  bool x_by_rows, y_by_rows; ///< x is [rows][inner], y is [rows][outputs]; else the other way round
  bool w_inner_first;        ///< w is [inner][outputs]

  std::size_t in(std::size_t r, std::size_t k) const { return x_by_rows ? r * inner + k : k * rows + r; }
  std::size_t out(std::size_t r, std::size_t n) const { return y_by_rows ? r * outputs + n : n * rows + r; }
  double weight(std::size_t n, std::size_t k) const {
    return alpha * w.values[w_inner_first ? k * outputs + n : n * inner + k];
  }
};

void follower::take_matrix(const node& of, std::vector<step>& into) {
  const bool gemm = of.op == "Gemm", left = of.inputs[0] == current; // what varies is on the left: x W
  const std::string& other = of.inputs[left ? 1 : 0];
  if (varies[other])
    fail(of, "one factor that is constant", "two that depend on the input");
  const tensor &x = value(current), &w = parameters(of, other);
  if (w.rank() > 2)
    fail(of, "a constant matrix or vector", text_of(w.shape));
  const bool x_transposed = gemm && of.number(left ? "transA" : "transB", 0) != 0;
  const bool w_transposed = gemm && of.number(left ? "transB" : "transA", 0) != 0;
  const bool w_inner_first = left != w_transposed;
  const bool w_vector = w.rank() == 1, x_vector = x.rank() == 1;
  const auto extent = [&](std::size_t d) { return static_cast<std::size_t>(w.shape[d]); };
  const std::size_t inner = w_vector ? w.size() : w.rank() == 2 ? extent(w_inner_first ? 0 : 1) : 0;
  const std::size_t outputs = w_vector ? 1 : w.rank() == 2 ? extent(w_inner_first ? 1 : 0) : 0;
  if (inner == 0 || outputs == 0 || x.size() == 0 || x.rank() == 0)
    fail(of, "weights", text_of(w.shape));
  const bool x_by_rows = x_vector || left != x_transposed;
  if (!x_by_rows && x.rank() != 2)
    fail(of, "a matrix", text_of(x.shape));
  add_dense(of, into,
            {.w = w,
             .alpha = gemm ? of.number("alpha", 1) : 1,
             .rows = x.size() / inner,
             .inner = inner,
             .outputs = outputs,
             .x_by_rows = x_by_rows,
             .y_by_rows = left || x_vector,
             .w_inner_first = w_inner_first});
}

std::vector<double> follower::bias_of(const node& of, const matrix& map) const {
  std::vector<double> biases(map.outputs, 0);
  if (of.op != "Gemm" || of.inputs.size() < 3 || of.inputs[2].empty())
    return biases;
  if (varies.at(of.inputs[2]))
    fail(of, "a constant C", "one that depends on the input");
  const tensor c = broadcast(of, of.inputs[2]);
  for (std::size_t r = 0; r < map.rows; ++r)
    for (std::size_t n = 0; n < map.outputs; ++n) {
      if (c.values[map.out(r, n)] != c.values[map.out(0, n)])
        fail(of, "a bias that is the same for all samples", "one of its own for each");
      biases[n] = of.number("beta", 1) * c.values[map.out(0, n)];
    }
  return biases;
}

void follower::add_dense(const node& of, std::vector<step>& into, const matrix& map) {
  const std::size_t rows = map.rows, inner = map.inner, outputs = map.outputs;
  if (rows != samples || inner != features)
    fail(of, "a matrix of all " + std::to_string(features) + " features of a sample",
         std::to_string(rows) + " rows of " + std::to_string(inner) + " for " + std::to_string(samples) +
             " samples (a dense layer along another axis is not of inlay's)");
  std::vector<std::size_t> order(inner), result(rows * outputs);
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t sample = where[map.in(r, 0)] / features;
    for (std::size_t k = 0; k < inner; ++k) {
      const std::size_t from = where[map.in(r, k)];
      if (r == 0)
        order[k] = from % features;
      if (from / features != sample || from % features != order[k])
        fail(of, "rows that are samples", "rows that mix samples, or their features in another order each");
    }
    for (std::size_t n = 0; n < outputs; ++n)
      result[map.out(r, n)] = sample * outputs + n;
  }
  step one{step::kind::linear, of.title()};
  one.layer = {.kind = layer_kind::dense, .input = {inner}, .output = {outputs}};
  one.layer.weights.resize(outputs * inner);
  for (std::size_t n = 0; n < outputs; ++n)
    for (std::size_t k = 0; k < inner; ++k)
      one.layer.weights[n * inner + order[k]] = map.weight(n, k);
  one.layer.biases = bias_of(of, map);
  into.push_back(std::move(one));
  where = std::move(result), features = outputs;
  move_on(of);
}

void follower::take_convolution(const node& of, std::vector<step>& into) {
  if (of.inputs[0] != current || varies[of.inputs[1]] || (of.inputs.size() > 2 && varies[of.inputs[2]]))
    fail(of, "constant weights", "weights that depend on the input");
  const tensor &x = value(current), &w = parameters(of, of.inputs[1]);
  const std::size_t axis =
      x.rank() == 3 || x.shape[2] != 1 || w.shape[2] != 1 ? 0 : 1; // the one that is not of length 1
  if (x.rank() == 4 && (x.shape[axis ? 2 : 3] != 1 || w.shape[axis ? 2 : 3] != 1))
    fail(of, "a convolution along one axis (conv1d)", text_of(x.shape) + " and weights " + text_of(w.shape));
  for (const auto pad : of.list("pads"))
    if (pad)
      fail(of, "a convolution without padding (conv1d is valid)", "pads " + text_of(of.list("pads")));
  if (const auto pad = of.text("auto_pad", "NOTSET"); pad != "NOTSET" && pad != "VALID")
    fail(of, "a convolution without padding (conv1d is valid)", "auto_pad " + in_quotes(pad));
  if (of.number("group", 1) != 1)
    fail(of, "a convolution of one group", io::detail::text_of(of.number("group", 1)) + " groups");
  const auto channels = static_cast<std::size_t>(x.shape[1]), length = static_cast<std::size_t>(x.shape[2 + axis]);
  std::vector<std::size_t> wanted(where.size());
  std::iota(wanted.begin(), wanted.end(), std::size_t{0});
  if (channels * length != features || !put_in_order(wanted, of.title(), into))
    fail(of, "a sample as " + text_of({x.shape[1], x.shape[2 + axis]}) + ", channels first, or its transpose",
         "its elements in another order");
  const auto option = [&](const char* name) {
    const auto list = of.list(name);
    return axis < list.size() ? static_cast<std::size_t>(list[axis]) : 1;
  };
  step one{step::kind::linear, of.title()};
  const tensor& y = value(of.outputs[0]);
  const auto outputs = static_cast<std::size_t>(w.shape[0]), positions = static_cast<std::size_t>(y.shape[2 + axis]);
  one.layer = {.kind = layer_kind::conv1d, .input = {channels, length}, .output = {outputs, positions}};
  one.layer.kernel = static_cast<std::size_t>(w.shape[2 + axis]);
  one.layer.stride = option("strides"), one.layer.dilation = option("dilations");
  if (one.layer.kernel == 1)
    one.layer.dilation = 1;
  one.layer.weights = w.values;
  one.layer.biases.assign(outputs, 0);
  if (of.inputs.size() > 2 && !of.inputs[2].empty())
    one.layer.biases = parameters(of, of.inputs[2]).values;
  begin_with({channels, length}, into);
  into.push_back(std::move(one));
  where.resize(y.size());
  std::iota(where.begin(), where.end(), std::size_t{0});
  features = outputs * positions;
  move_on(of);
}

} // namespace inlay::onnx
