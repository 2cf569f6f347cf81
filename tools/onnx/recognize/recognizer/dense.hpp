#pragma once

#include "recognize/layers.hpp"
#include "recognize/recognizer_row.hpp"
#include "recognize/sequence.hpp"
#include "recognize/windows.hpp"

#include <algorithm>
#include <numeric>

namespace inlay::onnx::recognizers {

/// x W or W x, where W is constant: of each sample a row of `inner` numbers becomes one of `outputs`.
struct linear_map {
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

inline std::vector<double> bias_of(const follower& here, const node& of, const linear_map& map) {
  std::vector<double> biases(map.outputs, 0);
  if (of.op != "Gemm" || of.inputs.size() < 3 || of.inputs[2].empty())
    return biases;
  if (here.varies(of.inputs[2]))
    here.fail(of, "a constant C", "one that depends on the input");
  const tensor c = here.broadcast(of, of.inputs[2]);
  for (std::size_t r = 0; r < map.rows; ++r)
    for (std::size_t n = 0; n < map.outputs; ++n) {
      if (c.values[map.out(r, n)] != c.values[map.out(0, n)])
        here.fail(of, "a bias that is the same for all samples", "one of its own for each");
      biases[n] = of.number("beta", 1) * c.values[map.out(0, n)];
    }
  return biases;
}

/// The features that are used are made the only ones, where what is before and behind them is left out.
inline void leave_out(follower& here, const node& of, std::vector<step>& into) {
  std::size_t first = here.features, last = 0;
  for (const std::size_t at : here.where)
    first = std::min(first, at % here.features), last = std::max(last, at % here.features);
  const std::size_t left = last + 1 - first;
  if (left == here.features)
    return;
  step one{step::kind::selection, of.title()};
  one.from.resize(left), one.features = here.features;
  std::iota(one.from.begin(), one.from.end(), first);
  into.push_back(std::move(one));
  for (std::size_t& at : here.where)
    at = at / here.features * left + at % here.features - first;
  here.features = left;
}

/// The same map of each of several rows of a sample: a convolution of kernel 1 along them.
inline void add_pointwise(follower& here, const node& of, std::vector<step>& into, const linear_map& map) {
  const std::size_t positions = map.rows / here.samples;
  std::vector<std::size_t> next(here.samples, 0), rows(map.rows), moved;
  for (std::size_t r = 0; r < map.rows; ++r) {
    const std::size_t sample = here.where[map.in(r, 0)] / here.features;
    if (next[sample] == positions)
      here.fail(of, "as many rows of each sample", "more of some");
    rows[sample * positions + next[sample]++] = r;
  }
  for (std::size_t s = 0; s < here.samples; ++s)
    for (std::size_t k = 0; k < map.inner; ++k)
      for (std::size_t p = 0; p < positions; ++p)
        moved.push_back(here.where[map.in(rows[s * positions + p], k)]);
  here.where = std::move(moved);
  layer_windows found{.input = {map.inner, positions}};
  found.outputs.w = positions;
  put_channels_first(here, of, found, into);
  std::vector<double> weights(map.outputs * map.inner);
  for (std::size_t n = 0; n < map.outputs; ++n)
    for (std::size_t k = 0; k < map.inner; ++k)
      weights[n * map.inner + k] = map.weight(n, k);
  step one{step::kind::linear, of.title()};
  one.layer = make_convolution(found.input, found.output(map.outputs), found.kernel, {}, std::move(weights), bias_of(here, of, map));
  into.push_back(std::move(one));
  here.where.resize(map.rows * map.outputs), here.features = map.outputs * positions, here.image = false;
  for (std::size_t s = 0; s < here.samples; ++s)
    for (std::size_t p = 0; p < positions; ++p)
      for (std::size_t n = 0; n < map.outputs; ++n)
        here.where[map.out(rows[s * positions + p], n)] = s * here.features + n * positions + p;
  here.move_on(of);
}

inline void add_dense(follower& here, const node& of, std::vector<step>& into, const linear_map& map) {
  const std::size_t rows = map.rows, inner = map.inner, outputs = map.outputs;
  if (here.time_steps > 1 && rows * here.time_steps == here.samples)
    lay_steps_flat(here, of, into);
  if (here.over_positions && rows > here.samples && rows % here.samples == 0)
    return add_pointwise(here, of, into, map);
  if (rows != here.samples)
    here.fail(of, "a matrix of all " + std::to_string(here.where.size() / here.samples) + " features of a sample",
              std::to_string(rows) + " rows of " + std::to_string(inner) + " for " + std::to_string(here.samples) +
                  " samples (a dense layer along another axis is not of inlay's)");
  leave_out(here, of, into);
  std::vector<std::size_t> order(inner), result(rows * outputs);
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t sample = here.where[map.in(r, 0)] / here.features;
    for (std::size_t k = 0; k < inner; ++k) {
      const std::size_t from = here.where[map.in(r, k)];
      if (r == 0)
        order[k] = from % here.features;
      if (from / here.features != sample || from % here.features != order[k])
        here.fail(of, "rows that are samples", "rows that mix samples, or their features in another order each");
    }
    for (std::size_t n = 0; n < outputs; ++n)
      result[map.out(r, n)] = sample * outputs + n;
  }
  step one{step::kind::linear, of.title()};
  std::vector<double> weights(outputs * here.features);
  for (std::size_t n = 0; n < outputs; ++n)
    for (std::size_t k = 0; k < inner; ++k)
      weights[n * here.features + order[k]] += map.weight(n, k);
  one.layer = make_dense(here.features, std::move(weights), bias_of(here, of, map));
  into.push_back(std::move(one));
  here.where = std::move(result), here.features = outputs, here.image = false;
  here.move_on(of);
}

inline bool take_dense(follower& here, const way& on) {
  const node& of = *on.next[0];
  const bool gemm = of.op == "Gemm", left = of.inputs[0] == here.current; // what varies is on the left: x W
  const std::string& other = of.inputs[left ? 1 : 0];
  if (here.varies(other))
    here.fail(of, "one factor that is constant", "two that depend on the input");
  const tensor &x = here.value(here.current), &w = here.parameters(of, other);
  if (w.rank() > 2)
    return false;
  const bool x_transposed = gemm && of.number(left ? "transA" : "transB", 0) != 0;
  const bool w_transposed = gemm && of.number(left ? "transB" : "transA", 0) != 0;
  const bool w_inner_first = left != w_transposed;
  const bool w_vector = w.rank() == 1, x_vector = x.rank() == 1;
  const auto extent = [&](std::size_t d) { return static_cast<std::size_t>(w.shape[d]); };
  const std::size_t inner = w_vector ? w.size() : (w.rank() == 2 ? extent(w_inner_first ? 0 : 1) : 0);
  const std::size_t outputs = w_vector ? 1 : (w.rank() == 2 ? extent(w_inner_first ? 1 : 0) : 0);
  if (inner == 0 || outputs == 0 || x.size() == 0 || x.rank() == 0)
    here.fail(of, "weights", text_of(w.shape));
  const bool x_by_rows = x_vector || left != x_transposed;
  if (!x_by_rows && x.rank() != 2)
    here.fail(of, "a matrix", text_of(x.shape));
  add_dense(here, of, on.into,
            {.w = w,
             .alpha = gemm ? of.number("alpha", 1) : 1,
             .rows = x.size() / inner,
             .inner = inner,
             .outputs = outputs,
             .x_by_rows = x_by_rows,
             .y_by_rows = left || x_vector,
             .w_inner_first = w_inner_first});
  return true;
}

inline recognizer_rows dense_rows() { return {{"Gemm", take_dense}, {"MatMul", take_dense}}; }

} // namespace inlay::onnx::recognizers
