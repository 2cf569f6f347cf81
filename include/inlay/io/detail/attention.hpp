#pragma once

#include "inlay/io/detail/recurrent_step.hpp"
#include "inlay/io/detail/window_options.hpp"
#include "inlay/kernel/layout.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// Whether a step attends to another.
inline bool attends(const attention_options& of, std::size_t step, std::size_t to) {
  return !of.is_causal || (to <= step && (of.window == 0 || to + of.window > step));
}

/// A self_attention at run time: which of its numbers are a head's, and which steps a step attends to.
struct attention_view {
  const layer_description& layer;
  std::size_t features = layer.parameters[3].shape[0], heads = layer.number("heads"), own = features / heads;
  attention_options options{layer.list("is_causal")[0] != 0, layer.list("window")[0]};

  double scale() const { return 1 / std::sqrt(static_cast<double>(own)); }
  std::size_t pairs(std::size_t steps) const {
    std::size_t count = 0;
    for (std::size_t step = 0; step < steps; ++step)
      for (std::size_t to = 0; to < steps; ++to)
        count += attends(options, step, to);
    return count;
  }
};

/// Where the parameters of a self_attention are in storage whose lines hold `line` numbers; see layer/attention_parameters.hpp. A
/// header asserts it.
inline void place_attention(layer_description& layer, std::size_t line) {
  const attention_view of{layer};
  const auto lines = [line](std::size_t count) { return (count + line - 1) / line * line; };
  const std::size_t head = kernel::layout{1, of.own, line}.row_length(), wide = 3 * of.heads * head;
  const kernel::layout in{of.features, wide, line}, out{wide / 3, of.features, line};
  const std::size_t in_weights_at = lines(wide), out_at = in_weights_at + lines(in.size());
  const std::size_t out_weights_at = out_at + lines(of.features);
  const auto column = [&](std::size_t i) { return i / of.own * head + i % of.own; };
  layer.storage = out_weights_at + lines(out.size());
  layer.places.clear();
  for (std::size_t k = 0; k < 3 * of.features * of.features; ++k)
    layer.places.push_back(in_weights_at + in.index(column(k / of.features), k % of.features));
  for (std::size_t k = 0; k < 3 * of.features; ++k)
    layer.places.push_back(column(k));
  for (std::size_t k = 0; k < of.features * of.features; ++k)
    layer.places.push_back(out_weights_at + out.index(k / of.features, column(k % of.features)));
  for (std::size_t k = 0; k < of.features; ++k)
    layer.places.push_back(out_at + k);
}

/// The parameters of a self_attention with PyTorch's names, in_proj_weight [3 D][D], in_proj_bias, out_proj.weight [D][D],
/// out_proj.bias; and its options.
inline void set_attention(layer_description& layer, std::size_t heads, const attention_options& options,
                          std::vector<std::vector<double>> tensors, std::size_t line) {
  const std::size_t features = tensors[3].size();
  for (argument& one : layer.arguments)
    if (one.name == "heads")
      one.value = heads;
  set_options(layer, options);
  const std::vector<std::size_t> shapes[]{{3 * features, features}, {3 * features}, {features, features}, {features}};
  const char* const names[]{"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  for (std::size_t t = 0; t < 4; ++t)
    layer.parameters.push_back({names[t], shapes[t], std::move(tensors[t])});
  place_attention(layer, line);
}

/// A self_attention of all steps of a sequence in double precision, written for clearness. Numbers go through `round`, see
/// evaluate().
template <class Round>
class attention_of_steps {
public:
  using rows_t = std::vector<std::vector<double>>;

  attention_of_steps(const layer_description& layer, Round& round) : of{layer}, round(round) {}

  rows_t operator()(const rows_t& x) {
    rows_t projected, y;
    for (const auto& row : x)
      projected.push_back(linear(0, row));
    for (std::size_t step = 0; step < x.size(); ++step) {
      std::vector<double> attended;
      for (std::size_t h = 0; h < of.heads; ++h)
        attend(projected, step, h * of.own, attended);
      y.push_back(linear(2, attended));
    }
    return y;
  }

private:
  /// W x + b of tensors k and k + 1.
  std::vector<double> linear(std::size_t k, const std::vector<double>& x) {
    const auto &w = of.layer.parameters[k].values, &b = of.layer.parameters[k + 1].values;
    std::vector<double> z;
    for (std::size_t r = 0; r < b.size(); ++r)
      z.push_back(sum_of(b[r], round, [&](auto add) {
        for (std::size_t i = 0; i < x.size(); ++i)
          add(w[r * x.size() + i] * x[i]);
      }));
    return z;
  }
  /// Adds softmax(q Kᵀ / √d) V of one step and the head whose numbers begin at `first`.
  void attend(const rows_t& projected, std::size_t step, std::size_t first, std::vector<double>& into) {
    std::vector<double> scores;
    std::vector<const double*> values;
    for (std::size_t to = 0; to < projected.size(); ++to)
      if (attends(of.options, step, to)) {
        scores.push_back(of.scale() * sum_of(0, round, [&](auto add) {
                           for (std::size_t i = first; i < first + of.own; ++i)
                             add(projected[step][i] * projected[to][of.features + i]);
                         }));
        values.push_back(projected[to].data() + 2 * of.features);
      }
    const auto share = activated({"softmax"}, std::move(scores), round);
    for (std::size_t i = first; i < first + of.own; ++i)
      into.push_back(sum_of(0, round, [&](auto add) {
        for (std::size_t to = 0; to < share.size(); ++to)
          add(share[to] * values[to][i]);
      }));
  }

  attention_view of;
  Round& round;
};

} // namespace inlay::io::detail
