#pragma once

#include "inlay/io/detail/description.hpp"
#include "inlay/io/detail/json_entry.hpp"

#include <string>
#include <utility>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// A layer of a file in RTNeural's JSON, its numbers in inlay's order and shapes: what becomes a layer of a net.
struct rtneural_layer {
  std::string kind; ///< as inlay calls it: dense, conv1d, lstm, gru, prelu, batch_norm or activation
  std::string part; ///< "layer 2 (dense)", for errors
  std::string activation = "identity";
  nlohmann::json shape; ///< of its output, as the file says it
  std::size_t inputs = 0, outputs = 0;
  std::size_t kernel = 1, dilation = 1, groups = 1;
  double epsilon = 0;
  std::vector<parameter_values> parameters{};

  std::vector<double>& add(const char* name, std::vector<std::size_t> shape_of_tensor, bool trained = true) {
    const std::size_t size = size_of(shape_of_tensor);
    parameters.push_back({name, std::move(shape_of_tensor), std::vector<double>(size, 0.0), trained});
    return parameters.back().values;
  }
};

} // namespace inlay::io::detail
