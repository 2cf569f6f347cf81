#pragma once

#include "imported_model.hpp"

namespace inlay::onnx {

struct import_options {
  std::vector<std::string> outputs{}; ///< which tensors are the net's outputs; all that can be where none are named
  std::map<std::string, std::vector<std::int64_t>> shapes{}; ///< of a sample of inputs that the file leaves open, or with the batch's
  std::vector<tensor> inputs{};       ///< values to verify with, one sample or a batch each; made up where there are none
  std::size_t candidates = 1000;      ///< of which those that are made up are chosen, fewer of a large net
  bool verify = true;                 ///< or just the net
};

/// Throws io::error, naming node, operator and what would be needed.
imported_model import_model(const graph& model, const import_options& options = {});

} // namespace inlay::onnx
