#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace inlay::onnx {

/// A tensor of the importer, row-major. Every element type of ONNX that it reads fits a double: the
/// interpreter computes in double precision throughout.
struct tensor {
  std::vector<std::int64_t> shape;
  std::vector<double> values;
  bool floating = true; ///< not integers or truth values
  bool bytes = false;   ///< UINT8

  std::int64_t rank() const { return static_cast<std::int64_t>(shape.size()); }
  std::size_t size() const { return values.size(); }
};

inline tensor scalar(double value) { return {{}, {value}}; }

/// "[2, 3]".
inline std::string text_of(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (const auto extent : shape)
    text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
  return text + "]";
}

/// A TensorProto, as in ONNX's own test data. Throws io::error.
tensor load_tensor(const std::filesystem::path& path);

} // namespace inlay::onnx
