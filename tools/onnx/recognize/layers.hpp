#pragma once

#include "recognize/step.hpp"

#include "inlay/io/detail/description.hpp"
#include "inlay/layer/attention_options.hpp"
#include "inlay/layer/conv_options.hpp"

namespace inlay::onnx {

/// Layers of inlay's as descriptions, which the importer makes of a graph.

/// W [outputs][inputs]
io::detail::layer_description make_dense(std::size_t inputs, std::vector<double> weights, std::vector<double> biases);

/// Other outputs of a dense layer or a convolution: all rows of W, and a bias for each.
void change_outputs(io::detail::layer_description& linear, std::vector<double> weights, std::vector<double> biases);

/// W [channels][input channels / groups][kernel]; input and output are <channels, length>, which is a conv1d, or <channels,
/// height, width>.
io::detail::layer_description make_convolution(const std::vector<std::size_t>& input, const std::vector<std::size_t>& output,
                                               sizes kernel, const conv_options& options, std::vector<double> weights,
                                               std::vector<double> biases);

/// Of the largest numbers, or of means.
io::detail::layer_description make_pool(bool largest, const std::vector<std::size_t>& input, const std::vector<std::size_t>& output,
                                        sizes kernel, pool_options options);
/// Of whole channels, each of which becomes a feature.
io::detail::layer_description make_global_pool(bool largest, const std::vector<std::size_t>& input);

io::detail::layer_description make_transpose(std::size_t rows, std::size_t columns);
io::detail::layer_description make_activation(const io::detail::activation_description& of);
io::detail::layer_description make_residual(std::vector<io::detail::layer_description> inner);
/// The norm of an input of this shape: layer_norm of one group, rms_norm if not centred, group_norm of several, with a factor and a
/// summand for each number. What of these the layer has no parameters for goes into `rest`, a rescale.
io::detail::layer_description make_norm(const std::vector<std::size_t>& input, const step& of, std::vector<io::detail::layer_description>& rest);
/// A slope for each channel of an input that is not known yet: fit_prelu() tells it.
io::detail::layer_description make_prelu(std::vector<double> slopes);
void fit_prelu(io::detail::layer_description& prelu, const std::vector<std::size_t>& input);
/// For each channel of an input that is not known yet; its four tensors are weight, bias, running mean and variance.
io::detail::layer_description make_batch_norm(std::vector<std::vector<double>> tensors, double epsilon);
/// parallel<add | multiply | concat, ...>; heads<...> of no word. The branches are to be put in.
io::detail::layer_description make_join(const std::string& word);
/// Input number k of several, from 1.
io::detail::layer_description make_from(std::size_t k);
/// What ends a sequence: "last_step", "mean_of_steps", "flatten". The steps are not known yet, fold() tells them.
io::detail::layer_description make_end_of_sequence(const std::string& name);

/// One direction of a recurrent layer: "lstm", "gru" or "rnn" of `n` units, its four tensors as torch.nn.RNNBase has them.
struct recurrent_direction {
  std::string name;
  std::size_t n;
  bool reset_before; ///< of a gru
  std::string activation; ///< of an rnn
  std::vector<std::vector<double>> tensors;
};
/// The layer, or bidirectional<...> of two. The steps are not known yet.
io::detail::layer_description make_recurrent(std::vector<recurrent_direction> directions);
/// in_proj_weight [3 D][D], in_proj_bias, out_proj.weight [D][D], out_proj.bias. The steps are not known yet.
io::detail::layer_description make_attention(std::size_t heads, const attention_options& options, std::vector<std::vector<double>> tensors);
/// A conv1d along the steps, which sees those before: W [channels][inputs / groups][kernel]. The steps are not known yet.
io::detail::layer_description make_causal_convolution(std::size_t inputs, std::size_t kernel, std::size_t dilation,
                                                      std::size_t groups, std::vector<double> weights, std::vector<double> biases);

/// The same numbers in another shape; of which one is not known yet.
io::detail::layer_description make_reshape(const std::vector<std::size_t>& output);
/// All numbers of a sample one after the other, channels first.
io::detail::layer_description make_flatten(const std::vector<std::size_t>& input);
/// Features, or channels, of an input of this shape.
io::detail::layer_description make_narrow(const std::vector<std::size_t>& input, std::size_t start, std::size_t length);
/// A factor and a summand for each number of this shape, which do not train.
io::detail::layer_description make_rescale(const std::vector<std::size_t>& shape, std::vector<double> scale, std::vector<double> shift);

} // namespace inlay::onnx
