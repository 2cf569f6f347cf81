#pragma once

#include "import.hpp"

namespace inlay::onnx {

/// What a file is to inlay, in words and in numbers.
struct explanation {
  std::string text; ///< its layers with shapes, parameters and multiply-adds, or what stands in the way
  bool taken = false;
  std::size_t layers = 0, parameters = 0, multiply_adds = 0, reasons = 0;
  std::string summary; ///< inputs and outputs, or the first reason
};

explanation explain(const std::filesystem::path& file, const import_options& options = {});

/// A line for each file, and how many were taken.
std::string table(const std::vector<std::pair<std::string, explanation>>& files);

} // namespace inlay::onnx
