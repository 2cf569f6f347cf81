#include "laws/kernel.hpp"

#include <inlay/inlay.hpp>

#include <vector>

using namespace inlay;

namespace {

struct twice {
  template <class V>
  static constexpr value_and_derivative<V> at(V z) noexcept {
    return {z + z, z};
  }
};

/// Whole numbers, so that sums are exact in any order.
template <class T>
std::vector<T> whole_numbers(std::size_t count, std::size_t seed) {
  std::vector<T> all(count);
  for (std::size_t i = 0; i < count; ++i) all[i] = static_cast<T>((i * 7 + seed * i * i) % 9) - 4;
  return all;
}

template <class T, class Arch, std::size_t run, std::size_t outputs, std::size_t taps, std::size_t rows>
laws::finding taps_are_the_reference() {
  using panels = kernel::panels<T, taps * run, outputs>;
  block<T, 1, panels::size> w;
  block<T, 1, panels::row_length> bias;
  for (std::size_t o = 0; o < bias.stride; ++o) bias.data[o] = o < outputs ? static_cast<T>(o % 3) : T(0);
  for (std::size_t i = 0; i < w.stride; ++i) w.data[i] = 0;
  for (std::size_t o = 0; o < outputs; ++o)
    for (std::size_t i = 0; i < panels::inputs; ++i) w.data[panels::index(o, i)] = static_cast<T>((o + 2 * i) % 5) - 2;
  std::vector<std::vector<T>> of_taps;
  const T* x[taps];
  for (std::size_t t = 0; t < taps; ++t) of_taps.push_back(whole_numbers<T>(rows * run, t + 1)), x[t] = of_taps.back().data();
  block<T, rows, outputs> y, wanted;
  make_zero(y), make_zero(wanted);
  kernel::convolve_taps<twice, panels, Arch>(w.data, bias.data, x, y.view(rows));
  kernel::reference::convolve_taps<twice, panels>(w.data, bias.data, x, wanted.view(rows));
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t o = 0; o < outputs; ++o)
      if (y.view(rows)[r][o] != wanted.view(rows)[r][o])
        return laws::say(Arch::name(), ", ", taps, " taps of ", run, " -> ", outputs, ", row ", r, ", ", o, ": ", y.view(rows)[r][o], ", wanted ",
                         wanted.view(rows)[r][o], "; ");
  return {};
}

template <class T, class Arch, std::size_t rows>
laws::finding every_shape() {
  return taps_are_the_reference<T, Arch, 1, 8, 3, rows>() + taps_are_the_reference<T, Arch, 8, 8, 3, rows>() +
         taps_are_the_reference<T, Arch, 16, 5, 2, rows>() + taps_are_the_reference<T, Arch, 3, 17, 4, rows>() +
         taps_are_the_reference<T, Arch, 36, 70, 2, rows>() + taps_are_the_reference<T, Arch, 5, 3, 1, rows>();
}

} // namespace

TEMPLATE_TEST_CASE("windows whose taps lie apart are the reference's", "", float, double) {
  laws::for_each_arch([]<class Arch>() {
    CHECK(every_shape<TestType, Arch, 1>() == "");
    CHECK(every_shape<TestType, Arch, 11>() == "");
  });
}
