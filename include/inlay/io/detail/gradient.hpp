#pragma once

#include "inlay/io/detail/evaluate.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// What one layer had of a sample: kept for the way back.
struct layer_trace {
  std::vector<double> x, z, y;              ///< what came in, before σ, after it
  std::vector<std::vector<double>> inner{}; ///< what each branch within gave
  std::vector<std::vector<layer_trace>> within{};
  std::size_t tensor = 0; ///< number of its first parameter tensor, in canonical order
};

/// Evaluates one sample in double precision; tensors are counted from `tensor`.
inline std::vector<layer_trace> record(const std::vector<layer_description>& layers, std::vector<double> x,
                                       std::size_t tensor = 0) {
  exact none;
  std::vector<layer_trace> traces;
  for (const auto& layer : layers) {
    layer_trace trace{.x = std::move(x), .z = {}, .y = {}, .tensor = tensor};
    tensor += layer.parameters.size();
    for (const auto& branch : layer.branches) {
      trace.within.push_back(record(branch, trace.x, tensor));
      trace.inner.push_back(branch.empty() ? trace.x : trace.within.back().back().y);
      for_each_parameter(branch, [&](const auto&) { ++tensor; });
    }
    trace.z = formula_evaluation(layer, trace.x, trace.inner, none)(onnx_formula_reader::read(layer.is.onnx));
    trace.y = activated(layer.activation, trace.z, none);
    x = trace.y;
    traces.push_back(std::move(trace));
  }
  return traces;
}

/// Derivatives of several numbers, one row for each.
using derivatives_t = std::vector<std::vector<double>>;
/// For each parameter of each tensor, in canonical order, the largest of its derivatives, without its sign.
using influence_t = std::vector<std::vector<double>>;

/// The derivatives by what went into one layer, from those by its z: its formula, operator by operator from the outside
/// in. Those by the parameters go to `into`.
class layer_gradient {
public:
  layer_gradient(const layer_description& layer, const layer_trace& trace, std::size_t rows, influence_t& into)
      : x(rows, std::vector<double>(trace.x.size(), 0)), layer(layer), trace(trace), into(into) {
    for (const auto& branch : trace.inner)
      inner.push_back(derivatives_t(rows, std::vector<double>(branch.size(), 0)));
  }

  /// An operator that is not known here passes nothing on: what is behind it counts as unnoticed.
  void operator()(const onnx_formula& formula, const derivatives_t& above) {
    if (!formula.is_operator)
      return named(formula.word, above);
    const std::string& op = formula.word;
    if (op == "Gemm")
      return product(above);
    if (op == "Conv")
      return convolution(formula, above);
    if (op == "Transpose")
      return transposed(formula, above);
    if (op == "PRelu")
      return slopes(formula, above);
    if (op == "MaxPool" || op == "GlobalMaxPool" || op == "AveragePool" || op == "GlobalAveragePool")
      return pool(formula, above);
    if (op == "Slice")
      return sliced(formula, above);
    if (op == "Gather")
      return gathered(formula, above);
    const bool of_branches = formula.inputs[0].word == "inner...";
    if (op == "Flatten" || op == "Reshape")
      return (*this)(formula.inputs[0], above);
    if (op == "Add" && of_branches)
      for (auto& branch : inner)
        add(above, branch);
    else if (op == "Mul" && of_branches)
      multiply(above);
    else if ((op == "Concat" || op == "Outputs") && of_branches)
      concatenate(above);
    else if (op == "Add" || op == "Sub" || op == "Mul" || op == "Div")
      of_two(formula, above);
    else if (op == "ReduceMean" || op == "Sqrt")
      of_one(formula, above);
    else if (op == "BatchNormalization")
      normalized(above);
  }

  derivatives_t x;
  std::vector<derivatives_t> inner;

private:
  void named(const std::string& word, const derivatives_t& above) {
    for (std::size_t t = 0; t < layer.parameters.size(); ++t)
      if (layer.parameters[t].name == word)
        for (const auto& row : above)
          for (std::size_t k = 0; k < row.size(); ++k)
            raise(trace.tensor + t, k, row[k]);
    if (word == "x")
      add(above, x);
    if (word == "input") // one of several
      for (std::size_t r = 0; r < above.size(); ++r)
        for (std::size_t k = 0; k < above[r].size(); ++k)
          x[r][layer.begin + k] += above[r][k];
  }
  static void add(const derivatives_t& above, derivatives_t& to) {
    for (std::size_t r = 0; r < above.size(); ++r)
      for (std::size_t k = 0; k < above[r].size(); ++k)
        to[r][k] += above[r][k];
  }
  void multiply(const derivatives_t& above) {
    for (std::size_t b = 0; b < inner.size(); ++b)
      for (std::size_t r = 0; r < above.size(); ++r)
        for (std::size_t k = 0; k < above[r].size(); ++k) {
          double others = 1;
          for (std::size_t c = 0; c < inner.size(); ++c)
            others *= c == b ? 1 : trace.inner[c][k];
          inner[b][r][k] += above[r][k] * others;
        }
  }
  void concatenate(const derivatives_t& above) {
    for (std::size_t r = 0; r < above.size(); ++r) {
      auto from = above[r].begin();
      for (auto& branch : inner)
        for (double& to : branch[r])
          to += *from++;
    }
  }
  /// The values of a term, a sample's first axis included.
  formula_tensor evaluated(const onnx_formula& formula) const {
    exact none;
    return formula_evaluation(layer, trace.x, trace.inner, none).term(formula);
  }
  formula_windows windows(const onnx_formula& formula, const formula_tensor& a) const {
    exact none;
    return formula_evaluation(layer, trace.x, trace.inner, none).windows(formula, a);
  }
  void sliced(const onnx_formula& formula, const derivatives_t& above) {
    const auto a = evaluated(formula.inputs[0]);
    const auto first = static_cast<std::size_t>(evaluated(formula.inputs[1]).values[0]) * (a.values.size() / a.shape[1]);
    derivatives_t below(above.size(), std::vector<double>(a.values.size(), 0));
    for (std::size_t r = 0; r < above.size(); ++r)
      std::copy(above[r].begin(), above[r].end(), below[r].begin() + static_cast<std::ptrdiff_t>(first));
    (*this)(formula.inputs[0], below);
  }
  /// By the rows that were taken; an index has no derivative.
  void gathered(const onnx_formula& formula, const derivatives_t& above) {
    const auto rows = evaluated(formula.inputs[0]), at = evaluated(formula.inputs[1]);
    const std::size_t width = rows.shape[1];
    derivatives_t below(above.size(), std::vector<double>(rows.values.size(), 0));
    for (std::size_t r = 0; r < above.size(); ++r)
      for (std::size_t k = 0; k < above[r].size(); ++k)
        below[r][static_cast<std::size_t>(at.values[k / width]) * width + k % width] += above[r][k];
    (*this)(formula.inputs[0], below);
  }
  void pool(const onnx_formula& formula, const derivatives_t& above) {
    const auto a = evaluated(formula.inputs[0]);
    const formula_windows at = windows(formula, a);
    const std::size_t positions = size_of(at.extents), count = at.count();
    const bool largest = formula.word.find("Max") != formula.word.npos;
    derivatives_t below(above.size(), std::vector<double>(a.values.size(), 0));
    for (std::size_t c = 0; c < a.shape[1]; ++c)
      for (std::size_t p = 0; p < count; ++p) {
        std::size_t most = 0, inside = 0;
        at.for_each(p, [&](std::size_t place, std::size_t) {
          if (inside++ == 0 || a.values[c * positions + place] > a.values[most])
            most = c * positions + place;
        });
        for (std::size_t r = 0; r < above.size(); ++r)
          if (largest)
            below[r][most] += above[r][c * count + p];
          else
            at.for_each(p, [&](std::size_t place, std::size_t) {
              below[r][c * positions + place] += above[r][c * count + p] / static_cast<double>(inside);
            });
      }
    (*this)(formula.inputs[0], below);
  }
  void raise(std::size_t tensor, std::size_t k, double derivative) {
    double& most = into[tensor][k];
    most = (std::max)(most, std::abs(derivative));
  }

  void product(const derivatives_t& above) {
    const std::size_t width = trace.x.size();
    for (std::size_t o = 0; o < trace.z.size(); ++o) {
      const double* w = layer.weights().data() + o * width;
      double most = 0;
      for (std::size_t r = 0; r < above.size(); ++r) {
        const double factor = above[r][o];
        if (factor == 0)
          continue;
        most = (std::max)(most, std::abs(factor));
        double* to = x[r].data();
        for (std::size_t i = 0; i < width; ++i)
          to[i] += factor * w[i];
      }
      if (most == 0)
        continue;
      raise(trace.tensor + 1, o, most);
      for (std::size_t i = 0; i < width; ++i)
        raise(trace.tensor, o * width + i, most * trace.x[i]);
    }
  }
  void convolution(const onnx_formula& formula, const derivatives_t& above) {
    const auto a = evaluated(formula.inputs[0]);
    const formula_windows at = windows(formula, a);
    const auto& w = layer.parameters[0];
    const std::size_t in = w.shape[1], taps = size_of(at.kernel), terms = in * taps, positions = size_of(at.extents);
    const std::size_t outputs = layer.biases().size(), per_group = outputs / (a.shape[1] / in), count = at.count();
    derivatives_t below(above.size(), std::vector<double>(a.values.size(), 0));
    std::vector<double> dw(terms);
    for (std::size_t r = 0; r < above.size(); ++r)
      for (std::size_t o = 0; o < outputs; ++o) {
        std::fill(dw.begin(), dw.end(), 0.0);
        double db = 0;
        for (std::size_t p = 0; p < count; ++p) {
          const double factor = above[r][o * count + p];
          if (factor == 0)
            continue;
          db += factor;
          for (std::size_t c = 0; c < in; ++c)
            at.for_each(p, [&](std::size_t place, std::size_t k) {
              const std::size_t from = (o / per_group * in + c) * positions + place;
              dw[c * taps + k] += factor * a.values[from];
              below[r][from] += factor * w.values[o * terms + c * taps + k];
            });
        }
        raise(trace.tensor + 1, o, db);
        for (std::size_t t = 0; t < terms; ++t)
          raise(trace.tensor, o * terms + t, dw[t]);
      }
    (*this)(formula.inputs[0], below);
  }
  void transposed(const onnx_formula& formula, const derivatives_t& above) {
    exact none;
    formula_tensor places = evaluated(formula.inputs[0]);
    for (std::size_t i = 0; i < places.values.size(); ++i)
      places.values[i] = static_cast<double>(i);
    const auto from = formula_evaluation(layer, trace.x, trace.inner, none).transposed(formula, places).values;
    derivatives_t below(above);
    for (std::size_t r = 0; r < above.size(); ++r)
      for (std::size_t i = 0; i < from.size(); ++i)
        below[r][static_cast<std::size_t>(from[i])] = above[r][i];
    (*this)(formula.inputs[0], below);
  }
  /// Of each element of two terms, which are broadcast.
  void of_two(const onnx_formula& formula, const derivatives_t& above) {
    const std::string& op = formula.word;
    const bool times = op == "Mul", over = op == "Div";
    const double sign = op == "Sub" ? -1 : 1;
    const auto a = evaluated(formula.inputs[0]), b = evaluated(formula.inputs[1]);
    const auto shape = broadcast(a, b);
    derivatives_t by_a(above.size(), std::vector<double>(a.values.size(), 0)), by_b(above.size(), std::vector<double>(b.values.size(), 0));
    std::vector<std::size_t> index(shape.size(), 0);
    for (std::size_t i = 0; i < size_of(shape); ++i, advance(index, shape)) {
      const std::size_t at_a = a.place(index), at_b = b.place(index);
      const double one = a.values[at_a], other = b.values[at_b];
      const double slope_a = times ? other : (over ? 1 / other : 1), slope_b = times ? one : (over ? -one / (other * other) : sign);
      for (std::size_t r = 0; r < above.size(); ++r) {
        by_a[r][at_a] += above[r][i] * slope_a;
        by_b[r][at_b] += above[r][i] * slope_b;
      }
    }
    (*this)(formula.inputs[0], by_a);
    (*this)(formula.inputs[1], by_b);
  }
  void of_one(const onnx_formula& formula, const derivatives_t& above) {
    const auto a = evaluated(formula.inputs[0]), y = evaluated(formula);
    const bool mean = formula.word == "ReduceMean"; // keeps its axes
    derivatives_t below(above.size(), std::vector<double>(a.values.size(), 0));
    std::vector<std::size_t> index(a.shape.size(), 0);
    for (std::size_t i = 0; i < a.values.size(); ++i, advance(index, a.shape)) {
      const std::size_t at = y.shape.size() == a.shape.size() ? y.place(index) : i * y.values.size() / a.values.size();
      const double slope = mean ? static_cast<double>(y.values.size()) / static_cast<double>(a.values.size()) : 0.5 / y.values[at];
      for (std::size_t r = 0; r < above.size(); ++r)
        below[r][i] = above[r][at] * slope;
    }
    (*this)(formula.inputs[0], below);
  }
  /// By x, w, b, and the running mean and variance.
  void normalized(const derivatives_t& above) {
    const auto &w = layer.parameters[0].values, &mean = layer.parameters[2].values, &variance = layer.parameters[3].values;
    double epsilon = 1e-5;
    for (const formula_value& option : layer.options)
      if (option.name == "epsilon")
        epsilon = option.numbers[0];
    const std::size_t each = trace.x.size() / w.size();
    for (std::size_t r = 0; r < above.size(); ++r) {
      std::vector<std::vector<double>> by(4, std::vector<double>(w.size(), 0));
      for (std::size_t i = 0; i < trace.x.size(); ++i) {
        const std::size_t c = i / each;
        const double over = 1 / std::sqrt(variance[c] + epsilon), normal = (trace.x[i] - mean[c]) * over;
        x[r][i] += above[r][i] * w[c] * over;
        by[0][c] += above[r][i] * normal, by[1][c] += above[r][i];
        by[2][c] -= above[r][i] * w[c] * over, by[3][c] -= above[r][i] * w[c] * normal * over * over / 2;
      }
      for (std::size_t t = 0; t < by.size(); ++t)
        for (std::size_t c = 0; c < w.size(); ++c)
          raise(trace.tensor + t, c, by[t][c]);
    }
  }
  void slopes(const onnx_formula& formula, const derivatives_t& above) {
    const auto a = evaluated(formula.inputs[0]).values;
    const auto& slope = layer.parameters[0].values;
    derivatives_t below(above);
    for (std::size_t r = 0; r < above.size(); ++r) {
      std::vector<double> by_slope(slope.size(), 0);
      for (std::size_t i = 0; i < a.size(); ++i)
        if (!(a[i] > 0)) {
          by_slope[i % slope.size()] += above[r][i] * a[i];
          below[r][i] *= slope[i % slope.size()];
        }
      for (std::size_t k = 0; k < slope.size(); ++k)
        raise(trace.tensor, k, by_slope[k]);
    }
    (*this)(formula.inputs[0], below);
  }

  const layer_description& layer;
  const layer_trace& trace;
  influence_t& into;
};

/// ∇z = ∇a ⊙ σ′(z), and of σ of a row its own.
inline void before_activation(const activation_description& of, const layer_trace& trace, derivatives_t& above) {
  if (of.name == "identity")
    return;
  if (of_row(of)) {
    const bool log = of.name == "log_softmax";
    for (auto& row : above) {
      double total = 0;
      for (std::size_t i = 0; i < row.size(); ++i)
        total += row[i] * (log ? 1 : trace.y[i]);
      for (std::size_t i = 0; i < row.size(); ++i)
        row[i] = log ? row[i] - std::exp(trace.y[i]) * total : trace.y[i] * (row[i] - total);
    }
    return;
  }
  const auto& entry = entry_of(of);
  for (std::size_t i = 0; i < trace.z.size(); ++i) {
    const double slope = entry.derivative(trace.z[i], of.parameter);
    for (auto& row : above)
      row[i] *= slope;
  }
}

inline derivatives_t back(const std::vector<layer_description>& layers, const std::vector<layer_trace>& traces,
                          derivatives_t above, influence_t& into);

/// The derivatives by a layer's input, of those by its z; `into` has as many tensors and numbers as the net.
inline derivatives_t back_from_z(const layer_description& layer, const layer_trace& trace, const derivatives_t& above,
                                 influence_t& into) {
  layer_gradient gradient(layer, trace, above.size(), into);
  gradient(onnx_formula_reader::read(layer.is.onnx), above);
  for (std::size_t b = 0; b < layer.branches.size(); ++b) {
    const auto through = back(layer.branches[b], trace.within[b], std::move(gradient.inner[b]), into);
    for (std::size_t r = 0; r < through.size(); ++r)
      for (std::size_t i = 0; i < through[r].size(); ++i)
        gradient.x[r][i] += through[r][i];
  }
  return std::move(gradient.x);
}

/// The derivatives by the layers' input, of those by their output.
inline derivatives_t back(const std::vector<layer_description>& layers, const std::vector<layer_trace>& traces,
                          derivatives_t above, influence_t& into) {
  for (std::size_t l = layers.size(); l-- > 0;) {
    before_activation(layers[l].activation, traces[l], above);
    above = back_from_z(layers[l], traces[l], above, into);
  }
  return above;
}

} // namespace inlay::io::detail
