#pragma once

#include "inlay/io/detail/evaluate.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// What one layer had of a sample: kept for the way back.
struct layer_trace {
  std::vector<double> x, inner, z, y; ///< what came in, what the layers within gave, before σ, after it
  std::vector<layer_trace> within{};
  std::size_t tensor = 0; ///< number of its first parameter tensor, in canonical order
};

/// Evaluates one sample in double precision; tensors are counted from `tensor`.
inline std::vector<layer_trace> record(const std::vector<layer_description>& layers, std::vector<double> x,
                                       std::size_t tensor = 0) {
  exact none;
  std::vector<layer_trace> traces;
  for (const auto& layer : layers) {
    layer_trace trace{.x = std::move(x), .inner = {}, .z = {}, .y = {}, .tensor = tensor};
    for_each_parameter(layer.inner, [&](const auto&) { ++tensor; });
    tensor += layer.parameters.size();
    if (!layer.inner.empty()) {
      trace.within = record(layer.inner, trace.x, trace.tensor + layer.parameters.size());
      trace.inner = trace.within.back().y;
    }
    trace.z = layer_evaluation(layer, trace.x, trace.inner, none)(onnx_formula_reader::read(layer.is.onnx));
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
      : x(rows, std::vector<double>(trace.x.size(), 0)), inner(rows, std::vector<double>(trace.inner.size(), 0)),
        layer(layer), trace(trace), into(into) {}

  void operator()(const onnx_formula& formula, const derivatives_t& above) {
    if (!formula.is_operator)
      return named(formula.word, above);
    if (formula.word == "Gemm")
      return product(above);
    if (formula.word == "Conv")
      return convolution(above);
    if (formula.word == "Transpose")
      return (*this)(formula.inputs[0], transposed(above));
    if (formula.word == "PRelu")
      return slopes(formula, above);
    for (const auto& input : formula.inputs) // Flatten, Add
      (*this)(input, above);
  }

  derivatives_t x, inner;

private:
  void named(const std::string& word, const derivatives_t& above) {
    for (std::size_t t = 0; t < layer.parameters.size(); ++t)
      if (layer.parameters[t].name == word)
        for (const auto& row : above)
          for (std::size_t k = 0; k < row.size(); ++k)
            raise(trace.tensor + t, k, row[k]);
    if (word == "x" || word == "inner")
      for (std::size_t r = 0; r < above.size(); ++r)
        for (std::size_t k = 0; k < above[r].size(); ++k)
          (word == "x" ? x : inner)[r][k] += above[r][k];
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
  void convolution(const derivatives_t& above) {
    const std::size_t positions = layer.output[1], length = layer.input[1], kernel = layer.number("kernel"),
                      terms = layer.input[0] * kernel, stride = layer.number("stride"),
                      dilation = layer.number("dilation");
    std::vector<double> dw(terms);
    for (std::size_t r = 0; r < above.size(); ++r)
      for (std::size_t o = 0; o < layer.output[0]; ++o) {
        std::fill(dw.begin(), dw.end(), 0.0);
        double db = 0;
        for (std::size_t p = 0; p < positions; ++p) {
          const double factor = above[r][o * positions + p];
          if (factor == 0)
            continue;
          db += factor;
          for (std::size_t t = 0; t < terms; ++t) {
            const std::size_t from = t / kernel * length + p * stride + t % kernel * dilation;
            dw[t] += factor * trace.x[from];
            x[r][from] += factor * layer.weights()[o * terms + t];
          }
        }
        raise(trace.tensor + 1, o, db);
        for (std::size_t t = 0; t < terms; ++t)
          raise(trace.tensor, o * terms + t, dw[t]);
      }
  }
  derivatives_t transposed(const derivatives_t& above) {
    std::swap(extents[0], extents[1]);
    derivatives_t below(above);
    for (std::size_t r = 0; r < above.size(); ++r)
      for (std::size_t i = 0; i < above[r].size(); ++i)
        below[r][i] = above[r][place_in_transpose(i, extents[0], extents[1])];
    return below;
  }
  void slopes(const onnx_formula& formula, const derivatives_t& above) {
    exact none;
    const auto a = layer_evaluation(layer, trace.x, trace.inner, none)(formula.inputs[0]);
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
  std::vector<std::size_t> extents = layer.output; // now
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
  if (!layer.inner.empty()) {
    const auto through = back(layer.inner, trace.within, std::move(gradient.inner), into);
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
