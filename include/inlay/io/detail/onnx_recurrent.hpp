#pragma once

#include "inlay/io/detail/recurrent_storage.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// An rnn, gru or lstm in one direction or two as ONNX's operator: its name, its attributes, and its tensors W [directions][gates N][in],
/// R [directions][gates N][N], B [directions][2 gates N], gates in the order of ONNX.
struct onnx_recurrent {
  std::string operation, activation; ///< of an RNN, if it is not Tanh
  std::size_t directions = 0, n = 0, inputs = 0, gates = 0;
  bool linear_before_reset = false; ///< of a GRU
  std::vector<double> w, r, b;

  explicit onnx_recurrent(const layer_description& layer) {
    if (is_recurrent(layer))
      add(layer);
    for (const auto& branch : layer.branches) {
      if (branch.size() != 1 || !is_recurrent(branch[0]))
        throw error("memory", "layer 'bidirectional'", "one recurrent layer within, as ONNX has both directions of it",
                    branch.size() == 1 ? in_quotes(branch[0].is.name) : std::to_string(branch.size()) + " layers");
      add(branch[0]);
    }
  }

private:
  void add(const layer_description& layer) {
    const auto& shape = layer.parameters[1].shape;
    n = shape[1], gates = shape[0] / n, inputs = layer.parameters[0].shape[1];
    operation = gates == 4 ? "LSTM" : (gates == 3 ? "GRU" : "RNN");
    linear_before_reset = gates == 3 && !layer.has_word("reset_before");
    if (gates == 1)
      activation = activation_of(layer.activation.name);
    ++directions;
    add_gates(layer.parameters[0].values, inputs, w);
    add_gates(layer.parameters[1].values, n, r);
    add_gates(layer.parameters[2].values, 1, b);
    add_gates(layer.parameters[3].values, 1, b);
  }
  /// Rows of each gate: i o f c of i f g o, z r h of r z n.
  void add_gates(const std::vector<double>& from, std::size_t columns, std::vector<double>& into) const {
    const std::vector<std::size_t> order = gates == 4   ? std::vector<std::size_t>{0, 3, 1, 2}
                                           : gates == 3 ? std::vector<std::size_t>{1, 0, 2}
                                                        : std::vector<std::size_t>{0};
    for (const std::size_t gate : order) {
      const auto first = from.begin() + static_cast<std::ptrdiff_t>(gate * n * columns);
      into.insert(into.end(), first, first + static_cast<std::ptrdiff_t>(n * columns));
    }
  }
  static std::string activation_of(const std::string& name) {
    for (const auto& [word, onnx] : {std::pair("tanh", ""), std::pair("relu", "Relu"), std::pair("sigmoid", "Sigmoid"),
                                     std::pair("softsign", "Softsign"), std::pair("softplus", "Softplus")})
      if (name == word)
        return onnx;
    throw error("memory", "activation of 'rnn'", "tanh, relu, sigmoid, softsign or softplus, which ONNX's RNN has", in_quotes(name));
  }
};

} // namespace inlay::io::detail
