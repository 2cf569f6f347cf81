#pragma once

#include "inlay/io/detail/gradient.hpp"

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// Which parameters a verification would notice if one alone were off by 1 %: those that then move some output of some
/// sample by more than a right net may be off. To first order; a parameter of 0 is off by 0.01.
class noticed_parameters {
public:
  explicit noticed_parameters(const net_description& net) : net(net) {
    for_each_parameter(net.layers, [&](const auto& tensor) {
      noticed.emplace_back(tensor.values.size(), false);
      parameters += tensor.values.size();
    });
  }

  /// How many outputs of a sample are looked at: of more than 64, or of a net whose derivatives would not fit into 8
  /// MB, some, and others with another turn.
  std::size_t rows() const {
    const std::size_t room = (1u << 20) / ((std::max)(widest(net.layers), size_of(net.input)) + 1) + 1;
    return (std::min)({size_of(net.layers.back().output), room, std::size_t(64)});
  }

  /// Zeros, one for each parameter.
  influence_t none() const {
    influence_t zeros;
    for (const auto& tensor : noticed)
      zeros.emplace_back(tensor.size(), 0.0);
    return zeros;
  }
  /// How many tolerances each parameter moves an output of a sample at most.
  influence_t movements(const std::vector<layer_trace>& traces, const std::vector<double>& tolerance,
                        std::size_t turn) const {
    const std::size_t outputs = tolerance.size(), rows = this->rows();
    derivatives_t above(rows, std::vector<double>(outputs, 0));
    for (std::size_t r = 0; r < rows; ++r) {
      const std::size_t o = (r * outputs / rows + turn) % outputs;
      above[r][o] = 1 / tolerance[o];
    }
    influence_t moved = none();
    back(net.layers, traces, std::move(above), moved);
    std::size_t t = 0;
    for_each_parameter(net.layers, [&](const auto& tensor) {
      for (std::size_t k = 0; k < moved[t].size(); ++k)
        moved[t][k] *= tensor.values[k] == 0 ? 0.01 : 0.01 * std::abs(tensor.values[k]);
      ++t;
    });
    return moved;
  }

  /// How many are noticed by these movements and by none before.
  std::size_t gain(const influence_t& moved) const {
    std::size_t found = 0;
    for (std::size_t t = 0; t < moved.size(); ++t)
      for (std::size_t k = 0; k < moved[t].size(); ++k)
        found += !noticed[t][k] && moved[t][k] > enough;
    return found;
  }
  void keep(const influence_t& moved) {
    count += gain(moved);
    for (std::size_t t = 0; t < moved.size(); ++t)
      for (std::size_t k = 0; k < moved[t].size(); ++k)
        noticed[t][k] = noticed[t][k] || moved[t][k] > enough;
  }

  std::size_t parameters = 0, count = 0;  ///< all, and those that are noticed
  std::vector<std::vector<char>> noticed; ///< of each tensor, in canonical order

private:
  /// In tolerances: rounding may take a quarter of one away.
  static constexpr double enough = 1.25;

  static std::size_t widest(const std::vector<layer_description>& layers) {
    std::size_t most = 0;
    for (const auto& layer : layers) {
      most = (std::max)(most, size_of(layer.output));
      for (const auto& branch : layer.branches)
        most = (std::max)(most, widest(branch));
    }
    return most;
  }

  const net_description& net;
};

/// How many parameters may be off by 1 % without that a verification with samples x notices it.
inline std::size_t unnoticed_parameters(const net_description& net, const std::vector<std::vector<double>>& x,
                                        const std::vector<std::vector<double>>& tolerance) {
  noticed_parameters found(net);
  for (std::size_t s = 0; s < x.size(); ++s)
    found.keep(found.movements(record(net.layers, x[s]), tolerance[s], s));
  return found.parameters - found.count;
}

} // namespace inlay::io::detail
