#pragma once

#include "inlay/io/detail/description.hpp"
#include "inlay/tensor.hpp"

#include <algorithm>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// The storage of a net whose type is known at run time only: the numbers of basic_network::theta(), padding
/// included, as kernel::panels and the layers place them. tests/io/storage.cpp holds it to the types; a
/// generated header asserts `probes`, so that another version of inlay refuses it.
class storage_layout {
public:
  explicit storage_layout(const net_description& net) : unit(alignment / (net.double_precision ? 8 : 4)) {
    add(net.layers);
  }

  std::vector<double> numbers;     ///< of the whole storage
  std::vector<std::size_t> places; ///< where parameter k is, in canonical order

private:
  std::size_t lines(std::size_t n) const { return (n + unit - 1) / unit * unit; }

  void add(const std::vector<layer_description>& layers) {
    for (const auto& layer : layers) {
      if (layer.kind == layer_kind::dense || layer.kind == layer_kind::conv1d)
        add_linear(layer);
      add(layer.inner);
    }
  }

  /// b first, then W input-major in panels of at most four cache lines.
  void add_linear(const layer_description& layer) {
    const std::size_t offset = numbers.size(), outputs = layer.biases.size(), inputs = layer.weights.size() / outputs;
    const std::size_t row = outputs <= unit / 4 ? unit / 4 : outputs <= unit / 2 ? unit / 2 : lines(outputs);
    const std::size_t panels = (row + 4 * unit - 1) / (4 * unit);
    const std::size_t width = row < unit ? row : lines((row + panels - 1) / panels);
    const std::size_t weights_at = offset + lines(outputs);
    numbers.resize(weights_at + lines(inputs * row), 0);
    for (std::size_t o = 0; o < outputs; ++o)
      for (std::size_t i = 0; i < inputs; ++i) {
        const std::size_t panel = o / width, wide = (std::min)(width, row - panel * width);
        set(weights_at + panel * inputs * width + i * wide + o % width, layer.weights[o * inputs + i]);
      }
    for (std::size_t o = 0; o < outputs; ++o)
      set(offset + o, layer.biases[o]);
  }

  void set(std::size_t place, double value) {
    places.push_back(place);
    numbers[place] = value;
  }

  std::size_t unit; // numbers in a cache line
};

} // namespace inlay::io::detail
