#pragma once

#include "inlay/io/detail/rtneural/layer.hpp"

#include <array>

/// lstm and gru: W [in][gates N] and U [N][gates N], as Keras has them.
namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// Where each gate of inlay's stands in the file: i f g o is Keras' i f c o, r z n is z r h.
inline constexpr std::array<std::size_t, 4> rtneural_lstm_gates{0, 1, 2, 3};
inline constexpr std::array<std::size_t, 3> rtneural_gru_gates{1, 0, 2};

/// The columns of a row of the file, gate after gate, in inlay's order: f(row of inlay's, number).
template <std::size_t Gates, class F>
void for_each_gate_row(const std::array<std::size_t, Gates>& gates, std::size_t n, F f) {
  for (std::size_t g = 0; g < Gates; ++g)
    for (std::size_t i = 0; i < n; ++i)
      f(g * n + i, gates[g] * n + i);
}

template <std::size_t Gates>
void read_rtneural_gates(const json_entry& from, rtneural_layer& to, const std::array<std::size_t, Gates>& gates) {
  const std::size_t n = to.outputs;
  const auto& weights = from.weights(3, 3);
  const std::string of_a_row = "a row of weights [in][" + std::to_string(Gates) + " x " + std::to_string(n) +
                               "], of the " + std::to_string(n) + " that shape says";
  const std::pair<const char*, std::size_t> maps[]{{"weight_ih_l0", to.inputs}, {"weight_hh_l0", n}};
  for (std::size_t m = 0; m < 2; ++m) {
    const auto& [name, inputs] = maps[m];
    from.array(weights[m], inputs, m == 0 ? "weights [in][gates]" : "recurrent weights [n][gates]");
    for (const auto& row : weights[m])
      from.array(row, Gates * n, of_a_row);
    auto& w = to.add(name, {Gates * n, inputs});
    for (std::size_t i = 0; i < inputs; ++i)
      for_each_gate_row(gates, n, [&](std::size_t own, std::size_t of_file) {
        w[own * maps[m].second + i] = from.number(weights[m][i][of_file]);
      });
  }
  auto& b_ih = to.add("bias_ih_l0", {Gates * n});
  std::vector<double> input = from.row(
                          Gates == 3
                              ? from.array(weights[2], 2,
                                           "biases [2][gates], of the input and of the state: reset_after=True")[0]
                              : weights[2],
                          Gates * n, "biases"),
                      state(Gates * n, 0.0);
  if constexpr (Gates == 3)
    state = from.row(weights[2][1], Gates * n, "biases");
  for_each_gate_row(gates, n, [&](std::size_t own, std::size_t of_file) { b_ih[own] = input[of_file]; });
  auto& b_hh = to.add("bias_hh_l0", {Gates * n});
  for_each_gate_row(gates, n, [&](std::size_t own, std::size_t of_file) { b_hh[own] = state[of_file]; });
}

template <std::size_t Gates>
void write_rtneural_gates(const layer_description& from, nlohmann::json& to,
                          const std::array<std::size_t, Gates>& gates) {
  const std::size_t n = from.number("n");
  to["type"] = from.is.name, to["activation"] = "tanh", to["weights"] = {nullptr, nullptr, nullptr};
  for (std::size_t m = 0; m < 2; ++m) {
    const auto& w = from.parameters[m].values;
    const std::size_t inputs = from.parameters[m].shape[1];
    for (std::size_t i = 0; i < inputs; ++i)
      for_each_gate_row(
          gates, n, [&](std::size_t own, std::size_t of_file) { to["weights"][m][i][of_file] = w[own * inputs + i]; });
  }
  const auto &b_ih = from.parameters[2].values, &b_hh = from.parameters[3].values;
  for_each_gate_row(gates, n, [&](std::size_t own, std::size_t of_file) {
    if (Gates == 3)
      to["weights"][2][0][of_file] = b_ih[own], to["weights"][2][1][of_file] = b_hh[own];
    else
      to["weights"][2][of_file] = b_ih[own] + b_hh[own]; // Keras has one for both
  });
}

inline void read_rtneural_lstm(const json_entry& from, rtneural_layer& to) {
  read_rtneural_gates(from, to, rtneural_lstm_gates);
}
inline void write_rtneural_lstm(const layer_description& from, nlohmann::json& to) {
  write_rtneural_gates(from, to, rtneural_lstm_gates);
}
inline void read_rtneural_gru(const json_entry& from, rtneural_layer& to) {
  read_rtneural_gates(from, to, rtneural_gru_gates);
}
inline void write_rtneural_gru(const layer_description& from, nlohmann::json& to) {
  write_rtneural_gates(from, to, rtneural_gru_gates);
}

} // namespace inlay::io::detail
