#include "measure/chain.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace bench {

double dependency_chain_ns(const machine& m, const topology& net,
                           const std::function<double(const std::string&)>& activation_latency) {
  constexpr std::size_t accumulators = vector_registers * 3 / 4; // the rest hold weights and inputs
  double total = m.hand_over;                                    // from call to call
  for (std::size_t l = 1; l <= net.depth(); ++l) {
    const auto in = static_cast<double>(net.widths[l - 1]);
    const std::size_t registers = (net.widths[l] + lanes - 1) / lanes;
    // The weights come from the cache that they all fit in.
    const double each =
        static_cast<double>(lanes) / std::min(m.peak, m.load[m.fits(net.parameter_bytes())].rate);
    const double ports = in * static_cast<double>(registers) * each;
    double sums = std::numeric_limits<double>::infinity();
    for (std::size_t g = 1; g <= net.widths[l - 1] && (g == 1 || g * registers <= accumulators); g *= 2)
      sums = std::min(sums, std::max(std::ceil(in / static_cast<double>(g)) * m.multiply_add_latency, ports) +
                                std::log2(static_cast<double>(g)) * m.add_latency);
    total += m.hand_over + sums + activation_latency(net.activations[l]);
  }
  return total;
}

} // namespace bench
