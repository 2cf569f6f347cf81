#include "laws/kernel.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

namespace {

/// A step of N units with so many gates, the last `apart` of which are given what came in apart; h is one of the rows.
template <class T, class Arch, std::size_t N, std::size_t gates, std::size_t apart>
laws::finding cell_is_the_reference() {
  using row = kernel::gate_row<T, N, gates>;
  using panels = kernel::panels<T, N, row::size>;
  const auto numbers = [](std::size_t count, std::uint64_t seed) {
    laws::memory<T> all(1, count, T(0));
    laws::noise<T> value(seed);
    for (std::size_t i = 0; i < count; ++i) all.data()[i] = value();
    return all;
  };
  const auto w = numbers(panels::size, 1), bias = numbers(row::size, 2), x = numbers(row::size, 3);
  const auto step = [](auto z, auto given, auto& y, auto before, auto& h, auto& c) {
    auto sum = c * before;
    for (std::size_t g = 0; g < gates; ++g) sum = sum + z[g] * given[gates - 1 - g];
    c = sum;
    y = h = h + z[0];
  };
  block<T, 1, N> h[2], c[2], y[2], other;
  laws::noise<T> value(4);
  for (std::size_t i = 0; i < h[0].stride; ++i) {
    h[0].data[i] = h[1].data[i] = i < N ? value() : T(0);
    c[0].data[i] = c[1].data[i] = i < N ? value() : T(0);
    y[0].data[i] = y[1].data[i] = T(0);
    other.data[i] = T(1) / 2;
  }
  const auto before = std::as_const(other).view(1);
  kernel::cell<row, panels, apart, Arch>(w.data(), bias.data(), h[0].data, x.data(), step, y[0].view(1), before, h[0].view(1), c[0].view(1));
  kernel::reference::cell<row, panels, apart>(w.data(), bias.data(), h[1].data, x.data(), step, y[1].view(1), before, h[1].view(1), c[1].view(1));
  const double allowed = 64 * static_cast<double>(N) * static_cast<double>(std::numeric_limits<T>::epsilon());
  for (std::size_t i = 0; i < h[0].stride; ++i)
    for (const auto* all : {h, c, y})
      if (!laws::near(static_cast<double>(all[0].data[i]), static_cast<double>(all[1].data[i]), i < N ? allowed : 0))
        return laws::say(Arch::name(), ", ", N, " units, ", gates, " gates: number ", i, " is ", all[0].data[i], ", wanted ", all[1].data[i], "; ");
  return {};
}

} // namespace

TEMPLATE_TEST_CASE("a recurrent step is the reference's, whatever registers the units fill", "", float, double) {
  laws::for_each_arch([]<class Arch>() {
    CHECK(cell_is_the_reference<TestType, Arch, 1, 4, 0>() == "");
    CHECK(cell_is_the_reference<TestType, Arch, 3, 4, 0>() == "");
    CHECK(cell_is_the_reference<TestType, Arch, 16, 4, 0>() == "");
    CHECK(cell_is_the_reference<TestType, Arch, 40, 4, 0>() == "");
    CHECK(cell_is_the_reference<TestType, Arch, 12, 3, 1>() == "");
    CHECK(cell_is_the_reference<TestType, Arch, 17, 3, 1>() == "");
    CHECK(cell_is_the_reference<TestType, Arch, 73, 1, 0>() == "");
  });
}
