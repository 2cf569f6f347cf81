#pragma once

#include "interpreter/operators.hpp"
#include "recognize/formula.hpp"
#include "recognize/layers.hpp"

#include "inlay/io/detail/attention.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx::recognizers {

inline constexpr double large = 0x1p300;

/// A sequence as a tensor whose last axis is that of a row's numbers.
struct laid_sequence {
  std::vector<std::int64_t> shape;
  std::size_t rows, steps, features;  ///< rows of all samples
  std::vector<std::size_t> places;    ///< row * features + number, of each element
  std::vector<std::size_t> feature_of; ///< of each number of a row: which feature of the follower it is

  tensor of(const std::vector<double>& numbers) const {
    tensor x{shape, std::vector<double>(places.size())};
    for (std::size_t at = 0; at < places.size(); ++at)
      x.values[at] = numbers[places[at]];
    return x;
  }
  tensor zero() const { return of(std::vector<double>(places.size(), 0)); }
  /// The same in each row: as large as makes a bias vanish beside any weight.
  tensor large_in(std::size_t number) const {
    std::vector<double> numbers(places.size(), 0);
    for (std::size_t at = number; at < numbers.size(); at += features)
      numbers[at] = large;
    return of(numbers);
  }
  /// Rows of numbers that are alike in no way, and zeros where wanted(row) is false.
  template <class F>
  std::vector<double> made_up(double seed, F wanted) const {
    std::vector<double> numbers(places.size());
    for (std::size_t at = 0; at < numbers.size(); ++at)
      numbers[at] = wanted(at / features) ? std::sin(seed + 1.7 * static_cast<double>(at) + 0.3 * static_cast<double>(at % 13)) : 0;
    return numbers;
  }
  tensor made_up(double seed) const {
    return of(made_up(seed, [](std::size_t) { return true; }));
  }
};

/// Where the numbers of each row are side by side, in one order in all of them.
inline std::optional<laid_sequence> sequence_at(const follower& here) {
  const auto& shape = here.value(here.current).shape;
  if (here.where.size() != here.samples * here.features || shape.empty() || static_cast<std::size_t>(shape.back()) != here.features)
    return {};
  laid_sequence x{shape, here.samples, here.time_steps, here.features, {}, {}};
  for (std::size_t at = 0; at < here.where.size(); ++at) {
    const std::size_t number = at % here.features, feature = here.where[at] % here.features;
    if (at < here.features)
      x.feature_of.push_back(feature);
    if (feature != x.feature_of[number] || here.where[at] / here.features != here.where[at - number] / here.features)
      return {};
    x.places.push_back(here.where[at] / here.features * here.features + number);
  }
  return x;
}

/// A formula as self_attention: one softmax between two products of what depends on x. What goes into the products, and what
/// becomes of the second, are linear maps of each row, and found by their values.
class attention_reader {
public:
  attention_reader(const formula& of, const laid_sequence& x) : of(of), x(x) {}

  std::optional<io::detail::layer_description> operator()() {
    if (!find_products() || !is_linear_behind())
      return {};
    const auto q = linear_map(score->inputs[0], false), k = linear_map(score->inputs[1], true), v = linear_map(value->inputs[1], false);
    if (!q || !k || !v || !(q->heads == k->heads && k->heads == v->heads))
      return {};
    const auto options = mask();
    if (!options)
      return {};
    std::vector<std::vector<double>> tensors(4);
    const double scale = score_scale(*q) * std::sqrt(static_cast<double>(x.features / q->heads));
    for (const linear* part : {&*q, &*k, &*v}) {
      const double by = part == &*q && std::abs(scale - 1) > 1e-6 ? scale : 1; // a root that is rounded to float is inlay's own
      for (const double w : part->weights)
        tensors[0].push_back(by * w);
      for (const double b : part->biases)
        tensors[1].push_back(by * b);
    }
    add_output_map(*q, tensors);
    auto layer = make_attention(q->heads, *options, std::move(tensors));
    if (!computes_the_same(layer))
      return {};
    return layer;
  }

private:
  struct linear {
    std::size_t heads;
    std::vector<double> weights, biases; // [features][features]
    std::vector<std::size_t> places;     // of the tensor's elements: row * features + number
  };

  bool within(const std::string& name) const {
    return name == of.here.current || std::any_of(of.nodes.begin(), of.nodes.end(), [&](const node* one) { return one->outputs[0] == name; });
  }
  bool find_products() {
    for (const node* one : of.nodes) {
      const bool varying = one->operation() == "MatMul" && within(one->inputs[0]) && within(one->inputs[1]);
      if (one->operation() == "Softmax")
        softmax = one;
      if (varying && value)
        return false;
      if (varying)
        (softmax ? value : score) = one;
    }
    return score && softmax && value;
  }
  tensor computed(const std::string& name, const tensor& from) const {
    if (name == of.here.current)
      return from;
    const auto last = std::find_if(of.nodes.begin(), of.nodes.end(), [&](const node* one) { return one->outputs[0] == name; });
    return of.values({{of.here.current, from}}, **last).at(name);
  }
  /// What the whole gives for a result of the second product.
  tensor behind(const tensor& attended) const {
    return of.values({{of.here.current, x.zero()}, {value->outputs[0], attended}}, of.end()).at(of.end().outputs[0]);
  }
  static tensor like(const tensor& shaped, double seed) {
    tensor one = shaped;
    for (std::size_t i = 0; i < one.size(); ++i)
      one.values[i] = seed == 0 ? 0 : std::sin(seed + 1.3 * static_cast<double>(i) + 0.7 * static_cast<double>(i % 11));
    return one;
  }
  bool is_linear_behind() const {
    const tensor shaped = of.here.value(value->outputs[0]);
    const auto& shape = of.here.value(of.end().outputs[0]).shape;
    if (of.here.value(of.end().outputs[0]).size() != x.places.size() || shape.empty() || static_cast<std::size_t>(shape.back()) != x.features)
      return false; // rows in the order of those of x, as is found at the end
    const tensor a = like(shaped, 1), b = like(shaped, 2);
    tensor both = a;
    for (std::size_t i = 0; i < both.size(); ++i)
      both.values[i] += b.values[i];
    const tensor none = behind(like(shaped, 0)), of_a = behind(a), of_b = behind(b), of_both = behind(both);
    for (std::size_t i = 0; i < none.size(); ++i)
      if (const double wanted = of_a.values[i] + of_b.values[i] - none.values[i];
          !(std::abs(of_both.values[i] - wanted) <= 1e-9 * (std::abs(wanted) + std::abs(of_a.values[i]) + std::abs(of_b.values[i]) + 1e-9)))
        return false;
    return true;
  }

  /// A tensor that is a linear map of each row, its heads' numbers in the last axis, or turned in the last but one.
  std::optional<linear> linear_map(const std::string& name, bool turned) const {
    const tensor none = computed(name, x.zero());
    if (none.size() != x.places.size() || none.rank() < 2)
      return {};
    std::vector<std::size_t> row(none.size(), 0); // of which it is, by its binary digits
    for (std::size_t digit = 1; digit < x.rows; digit *= 2) {
      const tensor moved = computed(name, x.of(x.made_up(1, [&](std::size_t r) { return (r & digit) != 0; })));
      for (std::size_t at = 0; at < row.size(); ++at)
        row[at] += moved.values[at] != none.values[at] ? digit : 0;
    }
    const auto last = static_cast<std::size_t>(none.shape.back()), before = static_cast<std::size_t>(none.shape[none.shape.size() - 2]);
    const std::size_t own = turned ? before : last, steps = turned ? last : before;
    if (steps != x.steps || x.features % own)
      return {};
    linear map{x.features / own, std::vector<double>(x.features * x.features), {}, std::vector<std::size_t>(none.size())};
    std::vector<std::size_t> next(x.rows, 0);
    for (std::size_t at = 0; at < row.size(); ++at) {
      const std::size_t step = (turned ? at : at / last) % steps, number = row[at] < x.rows ? next[row[at]]++ : 0;
      if (row[at] >= x.rows || row[at] % x.steps != step || number >= x.features || number % own != (turned ? at / last : at) % own)
        return {};
      map.places[at] = row[at] * x.features + number;
      if (row[at] == 0)
        map.biases.push_back(none.values[at]);
    }
    for (std::size_t i = 0; i < x.features; ++i) {
      const tensor moved = computed(name, x.large_in(i));
      for (std::size_t at = 0; at < row.size(); ++at)
        if (row[at] == 0)
          map.weights[map.places[at] * x.features + x.feature_of[i]] = (moved.values[at] - none.values[at]) / large;
    }
    return map;
  }
  /// Of scores by q and k: of the first step to itself, which nothing masks.
  double score_scale(const linear& q) const {
    double scores[2], products[2];
    for (const std::size_t k : {0u, 1u}) {
      const auto values = of.values({{of.here.current, x.made_up(static_cast<double>(k) + 3)}}, *softmax);
      const tensor &a = values.at(score->inputs[0]), &b = values.at(score->inputs[1]);
      const std::size_t own = x.features / q.heads;
      products[k] = 0;
      for (std::size_t i = 0; i < own; ++i)
        products[k] += a.values[i] * b.values[i * x.steps];
      scores[k] = values.at(softmax->inputs[0]).values[0];
    }
    return (scores[1] - scores[0]) / (products[1] - products[0]);
  }
  /// By the shares of steps that are all alike, of which none vanishes beside another.
  std::optional<attention_options> mask() const {
    const tensor shares = computed(softmax->outputs[0], x.zero());
    if (shares.rank() < 2 || shares.size() == 0 || shares.size() % (x.steps * x.steps))
      return {};
    attention_options options;
    options.is_causal = shares.values[1] == 0;
    for (std::size_t to = 1; options.is_causal && to < x.steps; ++to) // what the first step attended to, at the last
      if (shares.values[(x.steps - 1) * x.steps + to - 1] == 0)
        options.window = x.steps - to;
    for (std::size_t at = 0; at < shares.size(); ++at)
      if ((shares.values[at] != 0) != io::detail::attends(options, at / x.steps % x.steps, at % x.steps))
        return {};
    return options;
  }

  /// W_o and b_o, by the numbers that each head gives.
  void add_output_map(const linear& q, std::vector<std::vector<double>>& tensors) const {
    const tensor shaped = of.here.value(value->outputs[0]), none = behind(like(shaped, 0));
    tensors[2].assign(x.features * x.features, 0), tensors[3].assign(x.features, 0);
    for (std::size_t at = 0; at < none.size(); ++at)
      if (x.places[at] < x.features)
        tensors[3][x.places[at]] = none.values[at];
    for (std::size_t i = 0; i < x.features; ++i) {
      tensor one = like(shaped, 0);
      for (std::size_t at = 0; at < one.size() && at < q.places.size(); ++at)
        one.values[at] = q.places[at] % x.features == i ? large : 0;
      const tensor moved = behind(one);
      for (std::size_t at = 0; at < moved.size(); ++at)
        if (x.places[at] < x.features)
          tensors[2][x.places[at] * x.features + i] = (moved.values[at] - none.values[at]) / large;
    }
  }
  bool computes_the_same(const io::detail::layer_description& layer) const {
    io::detail::exact none;
    const auto numbers = x.made_up(7, [](std::size_t) { return true; });
    const tensor wanted = of(x.of(numbers));
    for (std::size_t first = 0; first < x.rows; first += x.steps) {
      std::vector<std::vector<double>> rows(x.steps, std::vector<double>(x.features));
      for (std::size_t t = 0; t < x.steps; ++t)
        for (std::size_t i = 0; i < x.features; ++i)
          rows[t][x.feature_of[i]] = numbers[(first + t) * x.features + i];
      rows = io::detail::attention_of_steps(layer, none)(rows);
      for (std::size_t at = 0; at < wanted.size(); ++at) {
        const std::size_t row = x.places[at] / x.features;
        if (row < first || row >= first + x.steps)
          continue;
        const double y = rows[row - first][x.places[at] % x.features];
        if (!(std::abs(y - wanted.values[at]) <= 1e-6 * (std::abs(y) + 1)))
          return false;
      }
    }
    return true;
  }

  const formula& of;
  const laid_sequence& x;
  const node *score = nullptr, *softmax = nullptr, *value = nullptr;
};

/// Attention of a sequence to itself, in whatever operators it is written; the longest formula, which has the output map in it.
inline bool take_attention(follower& here, const way& on) {
  const auto is_softmax = [](const node* of) { return of->operation() == "Softmax"; };
  if (here.time_steps < 2 || std::none_of(on.between.begin(), on.between.end(), is_softmax))
    return false;
  const auto x = sequence_at(here);
  if (!x)
    return false;
  const auto all = formulas(here, on, [](const node& of) { return find_operator(of) && !of.is_recurrent(); });
  for (std::size_t k = all.size(); k-- > 0;) {
    if (std::count_if(all[k].nodes.begin(), all[k].nodes.end(), is_softmax) != 1)
      continue;
    auto layer = attention_reader(all[k], *x)();
    if (!layer)
      continue;
    step one{step::kind::layer, all[k].end().title()};
    one.layer = std::move(*layer);
    on.into.push_back(std::move(one));
    here.where = x->places;
    here.move_on(all[k].end());
    return true;
  }
  return false;
}

/// Two values that vary are multiplied as matrices: it is attention that was not taken.
inline void refuse_product(follower& here, meeting& at) {
  here.fail(at.of, "a product with constants, or attention of a sequence to itself: to all steps, to those before or to the last of them",
            "one of two that depend on the input");
}

inline recognizer_rows attention_rows() { return {{several_nodes, take_attention}, {"MatMul", nullptr, refuse_product}}; }

} // namespace inlay::onnx::recognizers
