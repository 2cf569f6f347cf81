#pragma once

#include "inlay/concepts.hpp"
#include "inlay/heap.hpp"

#include <cstddef>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// What fit returns: the mean training loss of each epoch, and converts to a std::vector of them.
template <scalar T>
struct history : detail::vector<T> {
  detail::vector<T> validation{}; ///< the loss on the validation data after each epoch; empty without them
  std::size_t best = 0;           ///< the epoch with the least of them

  operator std::vector<T>() const { return {this->begin(), this->end()}; }

  friend bool operator==(const history& a, const std::vector<T>& b) { return same(a, b); }
  friend bool operator==(const history& a, const history& b) { return same(a, b) && same(a.validation, b.validation); }

private:
  static bool same(const auto& a, const auto& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!(a[i] == b[i])) return false;
    return true;
  }
};

} // namespace inlay
