#pragma once

#include "interpreter/operator/recurrent.hpp"
#include "recognize/layers.hpp"
#include "recognize/recognizer_row.hpp"
#include "recognize/sequence.hpp"

#include <algorithm>

namespace inlay::onnx::recognizers {

/// Throws io::error for what a recurrent layer of inlay's does not do.
inline void check_recurrent_inputs(const follower& here, const node& of) {
  const auto given = [&](std::size_t i) { return i < of.inputs.size() && !of.inputs[i].empty(); };
  if (here.time_steps == 0)
    here.fail(of, "a sequence that is the model's only input, as [batch, 64, 3] or [64, batch, 3]",
              here.inputs.size() > 1 ? std::to_string(here.inputs.size()) + " inputs" : text_of(here.value(of.inputs[0]).shape));
  for (std::size_t i = 1; i < of.inputs.size(); ++i)
    if (given(i) && here.varies(of.inputs[i]))
      here.fail(of, i < 5 ? "constant weights" : "an initial state of zero", "one that depends on the input");
  for (const std::size_t i : {std::size_t{5}, std::size_t{6}}) // of which the interpreter knows the size
    if (given(i)) {
      const auto& state = here.parameters(of, of.inputs[i]).values;
      if (std::any_of(state.begin(), state.end(), [](double one) { return one != 0; }))
        here.fail(of, "an initial state of zero", "another one");
    }
  if (of.which > 1)
    here.fail(of, "Y or Y_h to be used", "Y_c, the cell, which inlay's lstm keeps to itself");
  if (of.text("direction", "forward") == "reverse")
    here.fail(of, "direction forward or bidirectional", "reverse alone");
}

/// PyTorch's tensors of one direction; number i of a step is feature `order[i]`.
inline recurrent_direction direction_of(const follower& here, const node& of, std::size_t direction,
                                        const std::vector<std::size_t>& order) {
  const std::vector<std::size_t> gates = of.op == "LSTM"  ? std::vector<std::size_t>{0, 2, 3, 1}  // i f g o of i o f c
                                         : of.op == "GRU" ? std::vector<std::size_t>{1, 0, 2} // r z n of z r h
                                                          : std::vector<std::size_t>{0};
  const tensor &w = here.parameters(of, of.inputs[1]), &r = here.parameters(of, of.inputs[2]);
  const auto n = static_cast<std::size_t>(r.shape[2]), in = order.size(), rows = gates.size() * n;
  std::vector<std::vector<double>> tensors{std::vector<double>(rows * here.features, 0), {}, {}, {}};
  const bool biased = of.inputs.size() > 3 && !of.inputs[3].empty();
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t from = direction * rows + gates[row / n] * n + row % n;
    for (std::size_t i = 0; i < in; ++i)
      tensors[0][row * here.features + order[i]] += w.values[from * in + i];
    for (std::size_t k = 0; k < n; ++k)
      tensors[1].push_back(r.values[from * n + k]);
    for (std::size_t k = 0; k < 2; ++k)
      tensors[2 + k].push_back(
          biased ? here.parameters(of, of.inputs[3]).values[(2 * direction + k) * rows + gates[row / n] * n + row % n] : 0);
  }
  const char* const name = of.op == "LSTM" ? "lstm" : (of.op == "GRU" ? "gru" : "rnn");
  const std::string activation = of.op == "RNN" ? operators::activation_of_rnn(of, direction)->name : "";
  return {name, n, of.op == "GRU" && of.number("linear_before_reset", 0) == 0, activation, std::move(tensors)};
}

/// An LSTM, GRU or RNN over whole sequences; of one direction, or of both.
inline bool take_recurrent(follower& here, const way& on) {
  const node& of = *on.next[0];
  check_recurrent_inputs(here, of);
  const bool samples_first = of.number("layout", 0) != 0;
  const auto order = features_of_step(here, samples_first ? sequence_axes{0, 1, 2} : sequence_axes{1, 0, 2});
  if (order.empty())
    here.fail(of, samples_first ? "X as [batch, steps, features]" : "X as [steps, batch, features]",
              text_of(here.value(here.current).shape) + " with steps along another axis (SHAPE " +
                  io::detail::printable(here.inputs[0].tensor, 40) + "=64x1x3 puts them first, 64x3 the batch)");
  std::vector<recurrent_direction> directions;
  for (std::size_t d = 0; d < static_cast<std::size_t>(here.value(of.inputs[1]).shape[0]); ++d)
    directions.push_back(direction_of(here, of, d, order));
  if (directions.size() > 1 && directions[0].activation != directions[1].activation)
    here.fail(of, "one activation for both directions", directions[0].activation + " and " + directions[1].activation);
  step one{step::kind::layer, of.title()};
  one.layer = make_recurrent(std::move(directions));
  on.into.push_back(std::move(one));
  move_behind_recurrent(here, of);
  here.move_on(of);
  return true;
}

/// Of a sequence and something else that varies.
inline void refuse_state(follower& here, meeting& at) {
  check_recurrent_inputs(here, at.of);
  here.fail(at.of, "one input that is no constant", std::to_string(at.arms.size()));
}

inline recognizer_rows recurrent_rows() {
  return {{"LSTM", take_recurrent, refuse_state}, {"GRU", take_recurrent, refuse_state}, {"RNN", take_recurrent, refuse_state}};
}

} // namespace inlay::onnx::recognizers
