#pragma once

#include "inlay/io/detail/attention.hpp"
#include "inlay/io/detail/evaluate.hpp"
#include "inlay/io/detail/recurrent_step.hpp"
#include "inlay/io/detail/recurrent_storage.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// What a layer remembers between steps, in double precision.
struct step_memory {
  std::vector<std::vector<double>>
      past{}; ///< steps that a convolution or delay still wants, as a ring, the oldest at `at`
  std::size_t at = 0;
  std::vector<double> h{}, c{};
  onnx_formula formula{}; ///< what the layer computes of a step, if it is not of those that remember
  std::vector<std::vector<step_memory>> branches{};
};

/// A net of a sequence step by step, as a stream goes, or all steps at once; written for clearness. Numbers go through `round`, see
/// evaluate().
template <class Round>
class step_evaluation {
public:
  step_evaluation(const net_description& net, Round& round, bool whole = false)
      : layers(net.layers), round(round), steps(net.input[0]) {
    memory = begin(layers, whole);
  }

  std::vector<double> operator()(const std::vector<double>& x) { return run(layers, memory, x); }
  /// Of a whole sequence, step after step; of what ends it one row.
  std::vector<double> of_all(const std::vector<double>& x) {
    const auto each = static_cast<std::ptrdiff_t>(x.size() / steps);
    rows_t rows;
    for (auto step = x.begin(); step != x.end(); step += each)
      rows.emplace_back(step, step + each);
    return flat(run_all(layers, memory, std::move(rows)));
  }

  /// As stream_from() reads them.
  void settle(const std::vector<double>& numbers) {
    const double* from = numbers.data();
    settle(layers, memory, from);
  }
  /// The numbers that settle() wants, of a net whose input is x from now on and has been for ever.
  std::vector<double> settled(const std::vector<double>& x) {
    std::vector<double> numbers;
    settled(layers, memory, x, numbers);
    return numbers;
  }

private:
  using layer_list = std::vector<layer_description>;
  using rows_t = std::vector<std::vector<double>>;
  using memory_list = std::vector<step_memory>;

  /// Of all steps the layers know one.
  static memory_list begin(layer_list& layers, bool whole) {
    memory_list all;
    for (auto& layer : layers) {
      if ((layer.wants_all_steps || layer.is_a("self_attention")) && !whole)
        throw error("memory", "layer " + in_quotes(layer.is.name), "layers that go step by step",
                    "one that wants all steps");
      layer.output = layer.row_of_output();
      if (layer.over_time)
        layer.input.erase(layer.input.begin());
      step_memory one;
      if (const std::size_t kept = history(layer))
        one.past.assign(kept, std::vector<double>(size_of(layer.input), 0.0));
      if (is_recurrent(layer))
        one.h.assign(layer.number("n"), 0.0), one.c = one.h;
      else if (!remembers(layer) && !ends(layer) && !layer.is_a("bidirectional") && !layer.is_a("self_attention"))
        one.formula = onnx_formula_reader::read(layer.is.onnx);
      for (auto& branch : layer.branches)
        one.branches.push_back(begin(branch, whole));
      all.push_back(std::move(one));
    }
    return all;
  }
  static bool ends(const layer_description& layer) { return layer.branches.empty() && layer.ends_sequence(); }
  static bool is_convolution(const layer_description& layer) { return layer.over_time && layer.is_a("conv1d"); }
  static bool remembers(const layer_description& layer) {
    return is_convolution(layer) || layer.is_a("delay") || is_recurrent(layer);
  }
  static std::size_t history(const layer_description& layer) {
    return is_convolution(layer) ? layer.list("dilation")[0] * (layer.number("kernel") - 1)
           : layer.is_a("delay") ? layer.number("n") - 1
                                 : 0;
  }

  void settle(const layer_list& list, memory_list& memory, const double*& from) {
    for (std::size_t l = 0; l < list.size(); ++l) {
      if (is_convolution(list[l]) || list[l].is_a("delay")) {
        const std::size_t size = size_of(list[l].input);
        for (auto& step : memory[l].past)
          step.assign(from, from + size);
        from += size;
      }
      for (double& h : memory[l].h)
        h = *from++;
      if (list[l].is_a("lstm"))
        for (double& c : memory[l].c)
          c = *from++;
      for (std::size_t k = 0; k < list[l].branches.size(); ++k)
        settle(list[l].branches[k], memory[l].branches[k], from);
    }
  }
  std::vector<double> settled(const layer_list& list, memory_list& memory, std::vector<double> x,
                              std::vector<double>& into) {
    for (std::size_t l = 0; l < list.size(); ++l) {
      if (is_recurrent(list[l]))
        throw error("memory", "layer " + in_quotes(list[l].is.name), "layers that settle in finite time",
                    "a recurrent one");
      if (is_convolution(list[l]) || list[l].is_a("delay")) {
        into.insert(into.end(), x.begin(), x.end());
        for (auto& step : memory[l].past)
          step = x;
      }
      std::vector<std::vector<double>> inner;
      for (std::size_t k = 0; k < list[l].branches.size(); ++k)
        inner.push_back(settled(list[l].branches[k], memory[l].branches[k], x, into));
      x = apply(list[l], memory[l], x, inner);
    }
    return x;
  }

  std::vector<double> run(const layer_list& list, memory_list& memory, std::vector<double> x) {
    for (std::size_t l = 0; l < list.size(); ++l) {
      std::vector<std::vector<double>> inner;
      for (std::size_t k = 0; k < list[l].branches.size(); ++k)
        inner.push_back(run(list[l].branches[k], memory[l].branches[k], x));
      x = apply(list[l], memory[l], x, inner);
    }
    return x;
  }
  std::vector<double> apply(const layer_description& layer, step_memory& memory, const std::vector<double>& x,
                            const std::vector<std::vector<double>>& inner) {
    if (layer.is_a("last_step"))
      return x;
    if (is_recurrent(layer))
      return recurrent_step(layer, round)(memory.h, memory.c, x);
    if (is_convolution(layer))
      return activated(layer.activation, convolution(layer, memory, x), round);
    if (layer.is_a("delay"))
      return delayed(memory, x);
    return activated(layer.activation, formula_evaluation(layer, x, inner, round)(memory.formula), round);
  }

  /// Layer by layer.
  rows_t run_all(const layer_list& list, memory_list& memory, rows_t rows) {
    for (std::size_t l = 0; l < list.size(); ++l) {
      const layer_description& layer = list[l];
      if (ends(layer)) {
        rows = {layer.is_a("last_step") ? rows.back() : (layer.is_a("flatten") ? flat(rows) : mean(rows))};
        continue;
      }
      if (layer.is_a("self_attention")) {
        rows = attention_of_steps(layer, round)(rows);
        continue;
      }
      std::vector<rows_t> inner;
      const bool both_ways = layer.is_a("bidirectional");
      for (std::size_t k = 0; k < layer.branches.size(); ++k) {
        const bool reversed = both_ways && k == 1;
        inner.push_back(run_all(layer.branches[k], memory[l].branches[k], reversed ? rows_t(rows.rbegin(), rows.rend()) : rows));
        if (reversed)
          std::reverse(inner[k].begin(), inner[k].end());
      }
      rows.resize(inner.empty() ? rows.size() : inner[0].size());
      for (std::size_t t = 0; t < rows.size(); ++t) {
        std::vector<std::vector<double>> of_step;
        for (const rows_t& branch : inner)
          of_step.push_back(branch[t]);
        rows[t] = both_ways ? flat(of_step) : apply(layer, memory[l], rows[t], of_step);
      }
    }
    return rows;
  }
  static std::vector<double> flat(const rows_t& rows) {
    std::vector<double> all;
    for (const auto& row : rows)
      all.insert(all.end(), row.begin(), row.end());
    return all;
  }
  std::vector<double> mean(const rows_t& rows) {
    std::vector<double> y;
    for (std::size_t i = 0; i < rows[0].size(); ++i)
      y.push_back(sum_of(0, round, [&](auto add) {
        for (const auto& row : rows)
          add(row[i] / static_cast<double>(rows.size()));
      }));
    return y;
  }

  static void push(step_memory& memory, const std::vector<double>& x) {
    if (memory.past.empty())
      return;
    memory.past[memory.at] = x;
    memory.at = (memory.at + 1) % memory.past.size();
  }
  static std::vector<double> delayed(step_memory& memory, const std::vector<double>& x) {
    std::vector<double> y;
    for (std::size_t k = 0; k < memory.past.size(); ++k) {
      const auto& step = memory.past[(memory.at + k) % memory.past.size()];
      y.insert(y.end(), step.begin(), step.end());
    }
    y.insert(y.end(), x.begin(), x.end());
    push(memory, x);
    return y;
  }
  std::vector<double> convolution(const layer_description& layer, step_memory& memory, const std::vector<double>& x) {
    const std::size_t taps = layer.number("kernel"), dilation = layer.list("dilation")[0],
                      outputs = layer.biases().size();
    const std::size_t inputs = layer.weights().size() / outputs / taps, per_group = outputs / (x.size() / inputs);
    std::vector<const double*> steps;
    for (std::size_t k = 0; k + 1 < taps; ++k)
      steps.push_back(memory.past[(memory.at + k * dilation) % memory.past.size()].data());
    steps.push_back(x.data());
    std::vector<double> y;
    for (std::size_t o = 0; o < outputs; ++o) {
      const double* w = layer.weights().data() + o * inputs * taps;
      y.push_back(sum_of(layer.biases()[o], round, [&](auto add) {
        for (std::size_t k = 0; k < taps; ++k)
          for (std::size_t i = 0; i < inputs; ++i)
            add(w[i * taps + k] * steps[k][o / per_group * inputs + i]);
      }));
    }
    push(memory, x);
    return y;
  }

  layer_list layers;
  memory_list memory;
  Round& round;
  std::size_t steps;
};

/// What a net makes of one sample, of a net of a sequence all its steps.
template <class Round>
std::vector<double> evaluate(const net_description& net, const std::vector<double>& x, Round& round) {
  return net.over_time ? step_evaluation<Round>(net, round, true).of_all(x) : evaluate(net.layers, x, round);
}
inline std::vector<double> evaluate(const net_description& net, const std::vector<double>& x) {
  exact none;
  return evaluate(net, x, none);
}

/// What a net of a sequence makes of steps, beginning with `initial`, or from zero.
template <class Round>
std::vector<std::vector<double>> evaluate_steps(const net_description& net, const std::vector<double>& initial,
                                                const std::vector<std::vector<double>>& xs, Round& round) {
  step_evaluation<Round> stream(net, round);
  if (!initial.empty())
    stream.settle(initial);
  std::vector<std::vector<double>> ys;
  for (const auto& x : xs)
    ys.push_back(stream(x));
  return ys;
}

} // namespace inlay::io::detail
