#pragma once

#include "inlay/io/detail/description.hpp"
#include "inlay/kernel/layout.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

inline bool is_recurrent(const layer_description& layer) { return layer.is_a("lstm") || layer.is_a("gru") || layer.is_a("rnn"); }

/// Where the parameters of an rnn, gru or lstm are in storage whose lines hold `line` numbers; see kernel::gate_row and
/// layer/recurrent.hpp. A header asserts it.
inline void place_recurrent(layer_description& layer, std::size_t line) {
  const std::size_t in = layer.parameters[0].shape[1], n = layer.parameters[1].shape[1], rows = layer.parameters[0].shape[0];
  const std::size_t gates = rows / n, whole = n / line, rest = n % line;
  const std::size_t narrow = rest > 0 ? kernel::layout{1, rest, line}.row_length() : 0, wide = gates * (whole * line + narrow);
  const auto lines = [line](std::size_t count) { return (count + line - 1) / line * line; };
  const kernel::layout input_map{in, wide, line}, state_map{n, wide, line};
  const std::size_t input_weights_at = 2 * lines(wide), state_weights_at = input_weights_at + lines(input_map.size());
  const auto column = [&](std::size_t o) {
    const std::size_t first = o % n / line;
    return first * line * gates + o / n * (first < whole ? line : narrow) + o % n % line;
  };
  const std::size_t channels = layer.input.size() > 2 ? layer.input[1] : in; // of steps that are images, channels side by side
  const auto inside = [&](std::size_t i) { return i % (in / channels) * channels + i / (in / channels); };
  layer.storage = state_weights_at + lines(state_map.size());
  layer.places.clear();
  for (std::size_t k = 0; k < rows * in; ++k)
    layer.places.push_back(input_weights_at + input_map.index(column(k / in), inside(k % in)));
  for (std::size_t k = 0; k < rows * n; ++k)
    layer.places.push_back(state_weights_at + state_map.index(column(k / n), k % n));
  for (const std::size_t first : {std::size_t(0), lines(wide)})
    for (std::size_t k = 0; k < rows; ++k)
      layer.places.push_back(first + column(k));
}

/// The parameters of an rnn, gru or lstm of N units, gates one behind the other, with PyTorch's names: W_ih [gates N][in], W_hh
/// [gates N][N], b_ih, b_hh. `suffix` is behind the names of a reverse direction.
inline void set_recurrent(layer_description& layer, std::size_t n, std::vector<std::vector<double>> tensors, std::size_t line,
                          const std::string& suffix = "") {
  for (argument& one : layer.arguments)
    if (one.name == "n")
      one.value = n;
  const std::size_t rows = tensors[2].size();
  const std::vector<std::size_t> shapes[]{{rows, tensors[0].size() / rows}, {rows, n}, {rows}, {rows}};
  const char* const names[]{"weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"};
  for (std::size_t t = 0; t < 4; ++t)
    layer.parameters.push_back({names[t] + suffix, shapes[t], std::move(tensors[t])});
  place_recurrent(layer, line);
}

} // namespace inlay::io::detail
