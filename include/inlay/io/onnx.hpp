#pragma once

#include "inlay/io/detail/describe.hpp"
#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/onnx_writer.hpp"

/// Nets as ONNX models, for onnxruntime and others. The way in is inlay_add_model, at build time:
/// tools/README.md.
namespace inlay::inline INLAY_INSTRUCTION_SET::io {

struct onnx_options {
  bool as_float = false;         ///< of a net of double: onnxruntime computes Conv, Elu and others in float only
  bool allow_non_finite = false; ///< a parameter that is infinite or NaN is no error
};

/// The net as an ONNX model of opset 13, in memory: input "input", output "output", of several "input1" and
/// "output1" and so on, any number of samples along the first axis. A sequence is [batch, steps, features], as with PyTorch's
/// batch_first; rnn, gru and lstm are ONNX's operators, and conv1d is padded in front. Throws io::error for an activation that ONNX
/// cannot express (fast_tanh, fast_sigmoid, your own), for a bidirectional of anything but one recurrent layer,
/// for heads of a sequence, for a parameter that as_float cannot hold, and for one that is infinite or NaN, unless
/// `how.allow_non_finite`.
template <class Net>
std::vector<std::byte> save_onnx(const Net& net, const onnx_options& how = {}) {
  auto description = detail::describe(net);
  description.double_precision = description.double_precision && !how.as_float;
  detail::check_numbers(description, {}, how.allow_non_finite, "memory", detail::finite_unless_asked);
  const std::string text = detail::onnx_writer(std::move(description)).bytes;
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}
/// The same into a file, which is there completely or not at all.
template <class Net>
void save_onnx(const std::filesystem::path& path, const Net& net, const onnx_options& how = {}) {
  detail::write_file(path, detail::made_for(path, [&] { return save_onnx(net, how); }));
}

} // namespace inlay::io
