#include "peer/session.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace bench {

std::vector<library>& libraries() {
  static std::vector<library> all;
  return all;
}

void sort_libraries() {
  static constexpr std::array<std::string_view, 10> order{"inlay", "Eigen fixed", "Eigen dynamic", "OpenBLAS",
                                                          "oneDNN", "dlib", "FANN", "tiny-dnn",
                                                          "libtorch", "onnxruntime"};
  std::ranges::stable_sort(libraries(), {},
                           [](const library& l) { return std::ranges::find(order, l.name) - order.begin(); });
}

} // namespace bench
