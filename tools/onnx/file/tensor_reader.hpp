#pragma once

#include "file/tensor.hpp"

#include "onnx.pb.h"

#include <filesystem>

namespace inlay::onnx {

/// Reads TensorProtos: their numbers in the message, or in a file beside the model.
struct tensor_reader {
  std::string file;
  std::filesystem::path folder;
  std::vector<std::filesystem::path> files{}; ///< external data that was read
  std::size_t external_bytes = 0;

  tensor read(const ::onnx::TensorProto& from, const std::string& part);

private:
  std::string external(const ::onnx::TensorProto& from, const std::string& part, std::size_t size);
};

} // namespace inlay::onnx
