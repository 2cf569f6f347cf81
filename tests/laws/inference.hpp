// batch == map.
#pragma once

#include "laws/network.hpp"

namespace laws {

/// net(xs, ys) gives ys[s] = net(xs[s]) and nothing behind; net(x, y) is net(x).
/// Counts: around the groups of 6 and 2 rows and the chunks of 32 that batches are computed in.
template <class Net>
finding batch_is_map(const Net& net) {
  using T = typename Net::scalar;
  finding found;
  for (const std::size_t count : {0u, 1u, 2u, 5u, 6u, 7u, 31u, 32u, 33u, 65u}) {
    const auto xs = inputs<Net>(count, 3);
    std::vector<typename Net::output_type> ys(count + 1);
    for (auto& y : ys) y.fill(T(-77));
    net(std::span<const typename Net::input_type>(xs), std::span(ys).first(count));
    for (std::size_t s = 0; s < count; ++s) {
      const auto y = net(xs[s]);
      const auto what = say("sample ", s, " of ", count, ": y");
      found += compare_values(what.c_str(), ys[s], y, tolerance<Net>(terms<Net>, y));
      typename Net::output_type written;
      net(xs[s], written);
      found += compare_values("net(x, y)", written, y, 0);
    }
    for (const T y : ys[count])
      if (y != T(-77)) found += say("a batch of ", count, " wrote past its end; ");
    if (!found.empty()) return found;
  }
  return found;
}

} // namespace laws
