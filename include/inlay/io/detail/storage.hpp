#pragma once

#include "inlay/io/detail/description.hpp"
#include "inlay/tensor.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// The storage of a net whose type is known at run time only: the numbers of basic_network::theta(), padding included, each
/// layer at a line of its own, its parameters as its layout says or one after the other. A generated header asserts
/// places, so that another version of inlay refuses it.
class storage_layout {
public:
  explicit storage_layout(const net_description& net) : line(alignment / (net.double_precision ? 8 : 4)) {
    add(net.layers);
  }

  std::vector<double> numbers;     ///< of the whole storage
  std::vector<std::size_t> places; ///< where parameter k is, in canonical order

private:
  void add(const std::vector<layer_description>& layers) {
    for (const auto& layer : layers) {
      const std::size_t offset = numbers.size();
      std::vector<double> values;
      std::size_t trained = 0;
      for (const auto& tensor : layer.parameters) {
        values.insert(values.end(), tensor.values.begin(), tensor.values.end());
        trained += tensor.trained ? tensor.values.size() : 0;
      }
      auto layout = layer.layout;
      if (layout)
        layout->weights.line = line;
      auto own = layer.places;
      std::size_t storage = layout ? layout->storage() : (own.empty() ? values.size() : layer.storage);
      if (layer.aligned)
        storage = line_up(layer, own);
      numbers.resize(offset + lines(storage), 0);
      for (std::size_t k = 0; k < values.size(); ++k) {
        const std::size_t at = offset + (layout ? layout->index(k) : (own.empty() ? k : own[k]));
        if (k < trained)
          places.push_back(at);
        numbers[at] = values[k];
      }
      for (const auto& branch : layer.branches)
        add(branch);
    }
  }

  std::size_t lines(std::size_t count) const { return (count + line - 1) / line * line; }
  /// Each tensor from a line on, the channels of a position side by side. Returns how long all are.
  std::size_t line_up(const layer_description& layer, std::vector<std::size_t>& into) const {
    std::size_t first = 0;
    for (const auto& tensor : layer.parameters) {
      const std::size_t channels = tensor.shape[0], positions = tensor.values.size() / channels;
      for (std::size_t k = 0; k < tensor.values.size(); ++k)
        into.push_back(first + k % positions * channels + k / positions);
      first += lines(tensor.values.size());
    }
    return first;
  }

  std::size_t line; // numbers in a cache line
};

} // namespace inlay::io::detail
