#pragma once

#include "inlay/io/detail/describe.hpp"
#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/onnx_writer.hpp"

/// Nets as ONNX models, for onnxruntime and others. The way in is inlay_add_model, at build time:
/// tools/README.md.
namespace inlay::io {

/// The net as an ONNX model of opset 13, in memory: input "input", output "output", any number of samples
/// along the first axis. Throws io::error for an activation that ONNX cannot express (fast_tanh,
/// fast_sigmoid, your own).
template <class Net>
std::vector<std::byte> save_onnx(const Net& net) {
  const std::string text = detail::onnx_writer(detail::describe(net)).bytes;
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}
/// The same into a file, which is there completely or not at all.
template <class Net>
void save_onnx(const std::filesystem::path& path, const Net& net) {
  detail::write_file(path, save_onnx(net));
}

} // namespace inlay::io
