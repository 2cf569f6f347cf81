#pragma once

#include "inlay/io/detail/describe.hpp"
#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/onnx_writer.hpp"

#include <cmath>

/// Nets as ONNX models, for onnxruntime and others. The way in is inlay_add_model, at build time:
/// tools/README.md.
namespace inlay::inline INLAY_INSTRUCTION_SET::io {

struct onnx_options {
  bool as_float = false; ///< of a net of double: onnxruntime computes Conv, Elu and others in float only
};

/// The net as an ONNX model of opset 13, in memory: input "input", output "output", any number of samples along the
/// first axis. Throws io::error for an activation that ONNX cannot express (fast_tanh, fast_sigmoid, your own), and for
/// a parameter that as_float cannot hold.
template <class Net>
std::vector<std::byte> save_onnx(const Net& net, const onnx_options& how = {}) {
  auto description = detail::describe(net);
  if (how.as_float && description.double_precision) {
    description.double_precision = false;
    detail::for_each_linear(description.layers, [](const detail::layer_description& layer) {
      for (const auto& numbers : {layer.weights, layer.biases})
        for (const double number : numbers)
          if (std::isfinite(number) && !std::isfinite(static_cast<float>(number)))
            throw error("memory", "parameters", "numbers that a float can hold", detail::text_of(number));
    });
  }
  const std::string text = detail::onnx_writer(std::move(description)).bytes;
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}
/// The same into a file, which is there completely or not at all.
template <class Net>
void save_onnx(const std::filesystem::path& path, const Net& net, const onnx_options& how = {}) {
  detail::write_file(path, save_onnx(net, how));
}

} // namespace inlay::io
