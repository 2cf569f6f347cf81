#include "laws/kernel.hpp"

namespace {

using namespace inlay;

struct value_and_slope {
  // of the loss kernel: a sum and a row of gradients
};

template <class T>
struct elementwise_kernels {
  const char* arch;
  std::size_t size;
  using map_function = void (*)(const T* a, const T* b, std::size_t count, T* y);
  using loss_function = T (*)(const T* a, const T* b, T* gradient, T scale);
  using sum_function = T (*)(const T* a, const T* b);
  using largest_function = T (*)(const T* a);
  map_function map, reference_map;
  loss_function loss, reference_loss;
  sum_function sum, reference_sum;
  largest_function largest, reference_largest;
};

} // namespace
