#pragma once

#include "inlay/io/detail/formula_names.hpp"
#include "inlay/io/detail/formula_tensor.hpp"
#include "inlay/io/detail/onnx_formula.hpp"
#include "inlay/io/detail/rounded_sum.hpp"

#include <cmath>
#include <limits>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// What one layer computes of one sample x, before its σ; `inner` is what each branch within gives. Operator by operator of
/// its formula, as https://onnx.ai/onnx/operators defines them; a number that is computed goes through
/// `round(value, deviation)`.
template <class Round>
class formula_evaluation {
public:
  using tensor = formula_tensor;

  formula_evaluation(const layer_description& layer, const std::vector<double>& x, const std::vector<std::vector<double>>& inner, Round& round)
      : layer(layer), x(x), inner(inner), names(layer), round(round) {}

  std::vector<double> operator()(const onnx_formula& formula) { return term(formula).values; }

  using formula = onnx_formula;

  /// The tensor of a term, and the windows of an operator over a.
  tensor term(const formula& of) {
    if (!of.is_operator)
      return named(of.word);
    std::vector<tensor> inputs;
    for (const formula& input : of.inputs)
      if (input.word == "inner...") // what all branches give
        for (std::size_t k = 0; k < inner.size(); ++k)
          inputs.push_back(of_a_sample(extents_of_branch(k), inner[k]));
      else
        inputs.push_back(term(input));
    const tensor& a = inputs[0];
    const std::string& op = of.word;
    if (op == "Flatten")
      return {{1, a.values.size()}, a.values};
    if (op == "Reshape")
      return reshaped(a, inputs.at(1));
    if (op == "Transpose")
      return transposed(of, a);
    if (op == "Gemm")
      return product(a, inputs.at(1), inputs.at(2));
    if (op == "Conv")
      return convolution(of, a, inputs.at(1), inputs.at(2));
    if (op == "MaxPool" || op == "GlobalMaxPool")
      return largest(windows(of, a), a, op == "GlobalMaxPool");
    if (op == "AveragePool" || op == "GlobalAveragePool")
      return mean(windows(of, a), a, op == "GlobalAveragePool", whole(of, "count_include_pad", 0) != 0);
    if (op == "ReduceMean")
      return reduced(of, a);
    if (op == "Sqrt")
      return each(a, a, [&](double one, double) { return rounded(std::sqrt(one)); });
    if (op == "Floor")
      return each(a, a, [](double one, double) { return std::floor(one); });
    if (op == "Cast") // of a whole number
      return a;
    if (op == "Gather")
      return gathered(a, inputs.at(1));
    if (op == "BatchNormalization")
      return normalized(of, inputs);
    if (op == "Slice")
      return sliced(a, inputs.at(1), inputs.at(2), inputs.at(3));
    if (op == "Concat" || op == "Outputs")
      return concatenated(inputs);
    if (op == "Add" || op == "Mul" || inputs.size() == 2) { // of any number of branches
      tensor y = a;
      for (std::size_t k = 1; k < inputs.size(); ++k)
        y = of_two(op, y, inputs[k]);
      return y;
    }
    fail("a formula of operators that are known here", op);
  }

  /// Of the last axes of a, one window over all where there is no kernel_shape.
  formula_windows windows(const formula& of, const tensor& a) const {
    const std::size_t axes = a.shape.size() - 2;
    const std::vector<std::size_t> ones(axes, 1), zeros(2 * axes, 0), extents(a.shape.begin() + 2, a.shape.end());
    const auto pads = list(of, "pads", zeros);
    formula_windows all{axes,
                        extents,
                        list(of, "kernel_shape", extents),
                        list(of, "strides", ones),
                        list(of, "dilations", ones),
                        {pads.begin(), pads.begin() + static_cast<std::ptrdiff_t>(axes)},
                        {pads.begin() + static_cast<std::ptrdiff_t>(axes), pads.end()}};
    const bool ceil = whole(of, "ceil_mode", 0) != 0;
    for (std::size_t d = 0; d < axes; ++d) {
      const std::size_t room = all.before[d] + extents[d] + all.after[d] - (all.dilation[d] * (all.kernel[d] - 1) + 1);
      std::size_t count = (room + (ceil ? all.stride[d] - 1 : 0)) / all.stride[d] + 1;
      if (ceil && (count - 1) * all.stride[d] >= all.before[d] + extents[d]) // it must begin before the end
        --count;
      all.outputs.push_back(count);
    }
    all.find_taps();
    return all;
  }

  tensor transposed(const formula& of, const tensor& a) const {
    const auto order = list(of, "perm");
    if (order.size() != a.shape.size())
      fail("a perm of all axes of " + text_of(a.shape), text_of(order));
    tensor y{{}, {}};
    for (const std::size_t d : order)
      y.shape.push_back(a.shape.at(d));
    std::vector<std::size_t> index(order.size(), 0), from(order.size());
    for (std::size_t i = 0; i < a.values.size(); ++i, advance(index, y.shape)) {
      for (std::size_t d = 0; d < order.size(); ++d)
        from[order[d]] = index[d];
      y.values.push_back(a.values[a.place(from)]);
    }
    return y;
  }

private:
  [[noreturn]] void fail(std::string wanted, const std::string& found) const {
    throw error("memory", "layer " + in_quotes(layer.is.name), std::move(wanted), in_quotes(found));
  }

  tensor named(const std::string& word) const {
    if (word == "x")
      return of_a_sample(layer.input, x);
    if (word == "input") { // one of several
      const auto first = x.begin() + static_cast<std::ptrdiff_t>(layer.begin);
      return of_a_sample(layer.output, {first, first + static_cast<std::ptrdiff_t>(size_of(layer.output))});
    }
    for (const auto& one : layer.parameters)
      if (one.name == word)
        return {one.shape, one.values};
    const formula_value value = names.value_of(word);
    return {value.is == formula_value::kind::list ? std::vector{value.numbers.size()} : std::vector<std::size_t>(), value.numbers};
  }
  static tensor of_a_sample(std::vector<std::size_t> shape, const std::vector<double>& values) {
    shape.insert(shape.begin(), 1);
    return {std::move(shape), values};
  }

  std::vector<std::size_t> extents_of_branch(std::size_t k) const {
    return layer.branches[k].empty() ? layer.input : layer.branches[k].back().output;
  }
  /// x, scale, bias, mean, variance; along the first axis behind that of samples.
  tensor normalized(const formula& of, const std::vector<tensor>& inputs) {
    tensor y = inputs[0];
    double epsilon = 1e-5;
    for (const auto& [name, text] : of.attributes)
      if (name == "epsilon")
        epsilon = names.value_of(text).numbers[0];
    const std::size_t each = y.values.size() / y.shape[1];
    for (std::size_t i = 0; i < y.values.size(); ++i) {
      const std::size_t c = i / each;
      const double factor = inputs[1].values[c] / std::sqrt(inputs[4].values[c] + epsilon);
      const double summand = inputs[2].values[c] - inputs[3].values[c] * factor; // the summand is worked out before
      y.values[i] = round(y.values[i] * factor + summand, 2 * (std::abs(y.values[i] * factor) + std::abs(inputs[3].values[c] * factor)) +
                                                              std::abs(inputs[2].values[c]));
    }
    return y;
  }
  /// Along the first axis behind that of samples: features or channels.
  static tensor sliced(const tensor& a, const tensor& begin, const tensor& end, const tensor&) {
    tensor y = a;
    const auto first = static_cast<std::size_t>(begin.values[0]), last = static_cast<std::size_t>(end.values[0]);
    const std::size_t each = a.values.size() / a.shape[1];
    y.shape[1] = last - first;
    y.values.assign(a.values.begin() + static_cast<std::ptrdiff_t>(first * each), a.values.begin() + static_cast<std::ptrdiff_t>(last * each));
    return y;
  }
  /// Rows of a matrix by their numbers.
  static tensor gathered(const tensor& rows, const tensor& at) {
    tensor y{at.shape, {}};
    y.shape.push_back(rows.shape.at(1));
    for (const double row : at.values) {
      const auto first = rows.values.begin() + static_cast<std::ptrdiff_t>(row) * static_cast<std::ptrdiff_t>(rows.shape[1]);
      y.values.insert(y.values.end(), first, first + static_cast<std::ptrdiff_t>(rows.shape[1]));
    }
    return y;
  }
  static tensor concatenated(const std::vector<tensor>& parts) {
    tensor y = parts[0];
    for (std::size_t k = 1; k < parts.size(); ++k) {
      y.shape[1] += parts[k].shape[1]; // of outputs that differ it means nothing, and nobody asks
      y.values.insert(y.values.end(), parts[k].values.begin(), parts[k].values.end());
    }
    return y;
  }

  std::vector<std::size_t> list(const formula& of, const char* attribute, std::vector<std::size_t> otherwise = {}) const {
    for (const auto& [name, text] : of.attributes)
      if (name == attribute) {
        const auto numbers = names.value_of(text).numbers;
        return {numbers.begin(), numbers.end()};
      }
    return otherwise;
  }
  std::size_t whole(const formula& of, const char* attribute, std::size_t otherwise) const { return list(of, attribute, {otherwise})[0]; }

  // --- each number by itself ---

  double rounded(double value) { return round(value, std::abs(value)); }
  /// f(a, b), broadcast.
  template <class F>
  static tensor each(const tensor& a, const tensor& b, F f) {
    tensor y{broadcast(a, b), {}};
    std::vector<std::size_t> index(y.shape.size(), 0);
    for (std::size_t i = 0; i < size_of(y.shape); ++i, advance(index, y.shape))
      y.values.push_back(f(a.values[a.place(index)], b.values[b.place(index)]));
    return y;
  }
  tensor of_two(const std::string& op, const tensor& a, const tensor& b) {
    if (op == "Add")
      return each(a, b, [&](double one, double other) { return rounded(one + other); });
    if (op == "Sub")
      return each(a, b, [&](double one, double other) { return rounded(one - other); });
    if (op == "Mul")
      return each(a, b, [&](double one, double other) { return rounded(one * other); });
    if (op == "Div")
      return each(a, b, [&](double one, double other) { return rounded(one / other); });
    if (op == "Min")
      return each(a, b, [](double one, double other) { return (std::min)(one, other); });
    if (op == "Max")
      return each(a, b, [](double one, double other) { return one > other ? one : other; }); // of a NaN the other
    if (op == "PRelu")
      return each(a, b, [&](double one, double slope) { return one > 0 ? one : rounded(slope * one); });
    fail("a formula of operators that are known here", op);
  }

  // --- places ---

  static tensor reshaped(const tensor& a, const tensor& to) {
    tensor y{{}, a.values};
    std::size_t open = to.values.size(), rest = a.values.size();
    for (std::size_t d = 0; d < to.values.size(); ++d) {
      y.shape.push_back(to.values[d] > 0 ? static_cast<std::size_t>(to.values[d]) : (to.values[d] < 0 ? 1 : a.shape.at(d)));
      rest /= y.shape.back();
      if (to.values[d] < 0)
        open = d;
    }
    if (open < y.shape.size())
      y.shape[open] = rest;
    if (size_of(y.shape) != a.values.size())
      throw error("memory", "formula", "a shape of " + std::to_string(a.values.size()) + " numbers", text_of(y.shape));
    return y;
  }

  // --- sums ---

  /// The sum of what `terms(add)` adds to `bias`, over `count`.
  template <class Terms>
  double sum(double bias, Terms terms, double count = 1) {
    double value = bias;
    rounded_sum rounded(value);
    terms([&](double term) {
      value += term;
      if constexpr (Round::rounds)
        rounded.add(term);
    });
    return round(value / count, Round::rounds ? rounded() / count : 0);
  }
  tensor product(const tensor& a, const tensor& w, const tensor& b) { // transB=1
    tensor y{{1, b.values.size()}, {}};
    const std::size_t terms = a.values.size();
    for (std::size_t o = 0; o < b.values.size(); ++o)
      y.values.push_back(sum(b.values[o], [&](auto add) {
        for (std::size_t i = 0; i < terms; ++i)
          add(w.values[o * terms + i] * a.values[i]);
      }));
    return y;
  }
  tensor reduced(const formula& of, const tensor& a) {
    const auto axes = list(of, "axes");
    tensor y{a.shape, {}};
    for (const std::size_t d : axes)
      y.shape.at(d) = 1;
    const std::size_t count = a.values.size() / size_of(y.shape);
    std::vector<std::vector<double>> parts(size_of(y.shape));
    std::vector<std::size_t> index(a.shape.size(), 0);
    for (const double value : a.values)
      parts[y.place(index)].push_back(value), advance(index, a.shape);
    for (const auto& part : parts)
      y.values.push_back(sum(0, [&](auto add) { std::for_each(part.begin(), part.end(), add); }, static_cast<double>(count)));
    if (whole(of, "keepdims", 1) == 0)
      for (std::size_t d = y.shape.size(); d-- > 0;)
        if (std::find(axes.begin(), axes.end(), d) != axes.end())
          y.shape.erase(y.shape.begin() + static_cast<std::ptrdiff_t>(d));
    return y;
  }

  // --- windows ---

  static std::vector<std::size_t> shape_of(const formula_windows& of, std::size_t channels, bool global = false) {
    std::vector<std::size_t> shape{1, channels};
    for (const std::size_t extent : of.outputs)
      shape.push_back(global ? 1 : extent);
    return shape;
  }
  tensor convolution(const formula& of, const tensor& a, const tensor& w, const tensor& b) {
    const formula_windows at = windows(of, a);
    const std::size_t groups = whole(of, "group", 1), channels = b.values.size(), in = a.shape[1] / groups;
    const std::size_t taps = size_of(at.kernel), positions = size_of(at.extents);
    tensor y{shape_of(at, channels), {}};
    for (std::size_t o = 0; o < channels; ++o)
      for (std::size_t p = 0; p < at.count(); ++p)
        y.values.push_back(sum(b.values[o], [&](auto add) {
          for (std::size_t c = 0; c < in; ++c)
            at.for_each(p, [&](std::size_t place, std::size_t k) {
              add(w.values[(o * in + c) * taps + k] * a.values[(o / (channels / groups) * in + c) * positions + place]);
            });
        }));
    return y;
  }
  static tensor largest(const formula_windows& at, const tensor& a, bool global) {
    const std::size_t positions = size_of(at.extents);
    tensor y{shape_of(at, a.shape[1], global), {}};
    for (std::size_t c = 0; c < a.shape[1]; ++c)
      for (std::size_t p = 0; p < at.count(); ++p) {
        double most = -math::infinity<double>;
        at.for_each(p, [&](std::size_t place, std::size_t) { most = (std::max)(most, a.values[c * positions + place]); });
        y.values.push_back(most);
      }
    return y;
  }
  tensor mean(const formula_windows& at, const tensor& a, bool global, bool with_padding) {
    const std::size_t positions = size_of(at.extents);
    tensor y{shape_of(at, a.shape[1], global), {}};
    for (std::size_t c = 0; c < a.shape[1]; ++c)
      for (std::size_t p = 0; p < at.count(); ++p) {
        std::size_t inside = 0;
        at.for_each(p, [&](std::size_t, std::size_t) { ++inside; });
        const std::size_t count = with_padding ? at.with_padding(p) : inside;
        y.values.push_back(sum(
            0,
            [&](auto add) { at.for_each(p, [&](std::size_t place, std::size_t) { add(a.values[c * positions + place]); }); },
            static_cast<double>(count)));
      }
    return y;
  }

  const layer_description& layer;
  const std::vector<double>& x;
  const std::vector<std::vector<double>>& inner;
  formula_names names;
  Round& round;
};

} // namespace inlay::io::detail
