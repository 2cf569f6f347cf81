#pragma once

#include "inlay/io/detail/description.hpp"

/// Layers over a sequence of vectors as descriptions, of which a header's net is made. Each takes `inputs` numbers a
/// step.
namespace inlay::audio {

using io::detail::activation_description, io::detail::layer_description;
using layer_list = std::vector<layer_description>;

/// How many steps a net's type has: its parameters are the same for any number, and a stream knows of none.
inline constexpr std::size_t steps = 64;

/// W [outputs][inputs]
layer_description make_dense(std::size_t inputs, std::vector<double> weights, std::vector<double> biases);

struct convolution {
  std::size_t inputs, kernel = 1, dilation = 1, groups = 1;
};
/// Causal; W [outputs][inputs / groups][kernel]. Of one tap and one group it is a dense layer, and becomes one.
layer_description make_convolution(const convolution& of, std::vector<double> weights, std::vector<double> biases);

/// Parameters as torch.nn.LSTM and GRU have them: W_ih, W_hh, b_ih, b_hh.
layer_description make_lstm(std::size_t inputs, std::size_t n, std::vector<std::vector<double>> parameters);
layer_description make_gru(std::size_t inputs, std::size_t n, std::vector<std::vector<double>> parameters);

/// One slope, or one for each number of a step.
layer_description make_prelu(std::size_t inputs, std::vector<double> slopes);
layer_description make_activation(std::size_t inputs, const activation_description& of);
layer_description make_narrow(std::size_t inputs, std::size_t start, std::size_t length);

/// Branches, "concat" or "add".
layer_description make_parallel(const char* join, std::size_t inputs, std::vector<layer_list> branches);
layer_description make_residual(std::size_t inputs, layer_list inner);
/// σ1(a) ⊙ σ2(b) of the halves of a step.
layer_description make_gated(std::size_t inputs, const activation_description& first,
                             const activation_description& second);

/// What comes out of layers, of `inputs` numbers a step.
std::size_t outputs_of(const layer_list& layers, std::size_t inputs);
/// Puts σ behind the last layer: into it if it is linear, or as one of its own.
void add_activation(layer_list& layers, std::size_t inputs, const activation_description& of);

} // namespace inlay::audio
