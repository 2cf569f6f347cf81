#pragma once

#include "interpreter/operator_row.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx::operators {

inline double sigmoid_of(double x) { return 1 / (1 + std::exp(-x)); }

/// One direction of an LSTM, GRU or RNN over a sequence, a sample at a time.
struct recurrent_pass {
  const computation& c;
  std::size_t steps, samples, inputs, units, gates, direction;
  bool reset_before_product;
  double (*activation)(double) = nullptr; ///< of an RNN

  double bias(std::size_t gate, std::size_t k, bool recurrent) const {
    return c.has(3) ? c.input(3).values[(direction * 2 + recurrent) * gates * units + gate * units + k] : 0;
  }
  double of_input(std::size_t gate, std::size_t k, const double* x) const {
    const double* w = c.input(1).values.data() + ((direction * gates + gate) * units + k) * inputs;
    double sum = bias(gate, k, false);
    for (std::size_t i = 0; i < inputs; ++i)
      sum += w[i] * x[i];
    return sum;
  }
  double of_state(std::size_t gate, std::size_t k, const std::vector<double>& h) const {
    const double* r = c.input(2).values.data() + ((direction * gates + gate) * units + k) * units;
    double sum = bias(gate, k, true);
    for (std::size_t i = 0; i < units; ++i)
      sum += r[i] * h[i];
    return sum;
  }
  void lstm(const double* x, std::vector<double>& h, std::vector<double>& cell) const { // i, o, f, c
    std::vector<double> next(units);
    for (std::size_t k = 0; k < units; ++k) {
      const auto z = [&](std::size_t gate) { return of_input(gate, k, x) + of_state(gate, k, h); };
      cell[k] = sigmoid_of(z(2)) * cell[k] + sigmoid_of(z(0)) * std::tanh(z(3));
      next[k] = sigmoid_of(z(1)) * std::tanh(cell[k]);
    }
    h = next;
  }
  void gru(const double* x, std::vector<double>& h) const { // z, r, h
    std::vector<double> next(units), reset(units), kept(units);
    for (std::size_t k = 0; k < units; ++k)
      reset[k] = sigmoid_of(of_input(1, k, x) + of_state(1, k, h)), kept[k] = reset[k] * h[k];
    for (std::size_t k = 0; k < units; ++k) {
      const double z = sigmoid_of(of_input(0, k, x) + of_state(0, k, h));
      const double n =
          std::tanh(of_input(2, k, x) + (reset_before_product ? of_state(2, k, kept) : reset[k] * of_state(2, k, h)));
      next[k] = (1 - z) * n + z * h[k];
    }
    h = next;
  }
  void rnn(const double* x, std::vector<double>& h) const {
    std::vector<double> next(units);
    for (std::size_t k = 0; k < units; ++k)
      next[k] = activation(of_input(0, k, x) + of_state(0, k, h));
    h = next;
  }
};

/// An activation of an RNN that inlay's has too, under both names.
struct rnn_activation {
  const char *operation, *name;
  double (*value)(double);
};
/// That of one direction; null for another.
inline const rnn_activation* activation_of_rnn(const node& of, std::size_t direction) {
  static const rnn_activation known[]{
      {"Tanh", "tanh", [](double x) { return std::tanh(x); }},
      {"Relu", "relu", [](double x) { return x > 0 ? x : 0; }},
      {"Sigmoid", "sigmoid", sigmoid_of},
      {"Softsign", "softsign", [](double x) { return x / (1 + std::abs(x)); }},
      {"Softplus", "softplus", [](double x) { return x > 30 ? x : std::log1p(std::exp(x)); }},
  };
  const std::string names = of.text("activations", "Tanh, Tanh"); // one of each direction
  const auto comma = names.find(", ");
  const std::string name = direction == 0 ? names.substr(0, comma) : (comma < names.size() ? names.substr(comma + 2) : "");
  for (const rnn_activation& one : known)
    if (name == one.operation)
      return &one;
  return nullptr;
}

/// Of one direction in words.
inline std::string default_activations(std::size_t gates) { return gates == 4 ? "Sigmoid, Tanh, Tanh" : "Sigmoid, Tanh"; }

inline void check_recurrent_attributes(const computation& c, std::size_t gates, std::size_t directions) {
  const std::string direction = c.of.text("direction", "forward");
  if (directions == 2 ? direction != "bidirectional" : direction != "forward" && direction != "reverse")
    c.fail("a direction of as many as W has, " + std::to_string(directions), io::detail::in_quotes(direction));
  if (c.of.number("clip", 0) != 0)
    c.fail("no clip", io::detail::text_of(c.of.number("clip", 0)));
  if (c.of.number("input_forget", 0) != 0)
    c.fail("no input_forget", "one");
  if (gates == 4 && c.has(7))
    c.fail("no peepholes P", "some");
  if (gates == 1) {
    for (std::size_t d = 0; d < directions; ++d)
      if (!activation_of_rnn(c.of, d))
        c.fail("activations Tanh, Relu, Sigmoid, Softsign or Softplus", io::detail::in_quotes(c.of.text("activations", "")));
    return;
  }
  std::string wanted = default_activations(gates);
  if (directions == 2)
    wanted += ", " + wanted;
  if (c.of.text("activations", wanted) != wanted)
    c.fail("activations " + wanted + ", which are the default", c.of.text("activations", ""));
}

inline void check_recurrent(const computation& c, std::size_t gates) {
  const tensor &x = c.input(0), &w = c.input(1), &r = c.input(2);
  const auto extent = [](const tensor& of, std::size_t d) { return of.shape[d]; };
  const auto wide = static_cast<std::int64_t>(gates);
  if (x.rank() != 3 || w.rank() != 3 || r.rank() != 3 || x.size() == 0 || extent(w, 2) != extent(x, 2) ||
      extent(r, 1) != wide * extent(r, 2) || extent(w, 1) != extent(r, 1) || extent(w, 0) != extent(r, 0) || extent(w, 0) < 1 ||
      extent(w, 0) > 2 || extent(r, 2) < 1)
    c.fail("x [steps, batch, inputs], W and R of its gates",
           text_of(x.shape) + ", " + text_of(w.shape) + " and " + text_of(r.shape));
  if (c.has(3) && c.input(3).size() != 2 * w.size() / static_cast<std::size_t>(extent(w, 2)))
    c.fail("a bias of W and of R for each gate", text_of(c.input(3).shape));
  check_recurrent_attributes(c, gates, static_cast<std::size_t>(extent(w, 0)));
  if (!c.has(4))
    return;
  const std::int64_t steps = extent(x, c.of.number("layout", 0) != 0 ? 1 : 0);
  for (const double one : c.input(4).values)
    if (one != static_cast<double>(steps))
      c.fail("sequence_lens of all " + std::to_string(steps) + " steps", io::detail::text_of(one));
}

/// Y, Y_h, and of an LSTM Y_c.
inline tensor recurrent(const computation& c, std::size_t gates) {
  check_recurrent(c, gates);
  const auto extent = [](const tensor& of, std::size_t d) { return static_cast<std::size_t>(of.shape[d]); };
  const bool samples_first = c.of.number("layout", 0) != 0;
  const std::size_t steps = extent(c.input(0), samples_first), samples = extent(c.input(0), !samples_first),
                    inputs = extent(c.input(0), 2);
  const std::size_t units = extent(c.input(2), 2), directions = extent(c.input(1), 0);
  const auto make = [&](bool all) {
    shape_t shape{static_cast<std::int64_t>(directions), static_cast<std::int64_t>(samples)};
    if (samples_first)
      std::swap(shape[0], shape[1]);
    shape.push_back(static_cast<std::int64_t>(units));
    if (all)
      shape.insert(shape.begin() + samples_first, static_cast<std::int64_t>(steps));
    return c.make(shape);
  };
  tensor y = make(true), last = make(false), last_cell = make(false);
  for (std::size_t d = 0; d < directions; ++d)
    for (std::size_t s = 0; s < samples; ++s) {
      const recurrent_pass pass{c, steps, samples, inputs, units,
                                gates, d, c.of.number("linear_before_reset", 0) == 0,
                                gates == 1 ? activation_of_rnn(c.of, d)->value : nullptr};
      const std::size_t at = (samples_first ? s * directions + d : d * samples + s) * units;
      std::vector<double> h(units, 0), cell(units, 0);
      for (std::size_t state = 0; state < 2; ++state)
        if (c.has(5 + state)) {
          if (c.input(5 + state).size() != last.size())
            c.fail("a state of " + text_of(last.shape), text_of(c.input(5 + state).shape));
          std::copy_n(c.input(5 + state).values.begin() + static_cast<std::ptrdiff_t>(at), units, (state ? cell : h).begin());
        }
      const bool backward = c.of.text("direction", "forward") == "reverse" || d == 1;
      for (std::size_t n = 0; n < steps; ++n) {
        const std::size_t t = backward ? steps - 1 - n : n;
        const double* x = c.input(0).values.data() + (samples_first ? s * steps + t : t * samples + s) * inputs;
        gates == 4 ? pass.lstm(x, h, cell) : (gates == 3 ? pass.gru(x, h) : pass.rnn(x, h));
        const std::size_t to =
            (samples_first ? (s * steps + t) * directions + d : (t * directions + d) * samples + s) * units;
        for (std::size_t k = 0; k < units; ++k)
          y.values[to + k] = h[k];
      }
      for (std::size_t k = 0; k < units; ++k)
        last.values[at + k] = h[k], last_cell.values[at + k] = cell[k];
    }
  return c.of.which == 0 ? y : (c.of.which == 1 ? last : last_cell);
}

inline operator_rows recurrent_rows() {
  return {{"LSTM",
           {"hidden_size", "direction", "activations", "clip", "layout", "input_forget"},
           [](const computation& c) { return recurrent(c, 4); },
           computed_by::tensor,
           3},
          {"GRU",
           {"hidden_size", "direction", "activations", "clip", "layout", "linear_before_reset"},
           [](const computation& c) { return recurrent(c, 3); },
           computed_by::tensor,
           2},
          {"RNN",
           {"hidden_size", "direction", "activations", "clip", "layout"},
           [](const computation& c) { return recurrent(c, 1); },
           computed_by::tensor,
           2}};
}

} // namespace inlay::onnx::operators
