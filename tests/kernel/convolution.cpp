#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <vector>

using namespace inlay;

namespace {

/// Tells value and derivative apart.
struct twice {
  template <class V>
  static constexpr value_and_derivative<V> at(V z) noexcept {
    return {z + z, -z};
  }
};

/// Whole numbers, so that sums are exact in any order.
template <class T>
std::vector<T> whole_numbers(std::size_t count, std::size_t seed) {
  std::vector<T> all(count);
  for (std::size_t i = 0; i < count; ++i) all[i] = static_cast<T>((i * 7 + seed * i * i) % 9) - 4;
  return all;
}

/// The convolution of a layer: values and derivatives are the reference's, and nothing else is written.
template <class T, class Input, class Layer>
void agrees() {
  using layer = typename basic_network<T, Input, Layer>::topology::template layer<1>;
  using panels = typename layer::panels;
  constexpr kernel::windows at = layer::windows;
  constexpr std::size_t step = panels::outputs + 3; // as of groups beside each other
  block<T, 1, panels::size> w;
  block<T, 1, panels::row_length> bias;
  for (std::size_t i = 0; i < w.stride; ++i) w.data[i] = static_cast<T>(i % 5) - 2;
  for (std::size_t o = 0; o < bias.stride; ++o) bias.data[o] = static_cast<T>(o % 3);
  const auto x = whole_numbers<T>(at.at(at.count() - 1) + at.number_at(at.size() - 1) + 1, 3);
  std::vector<T> y(at.count() * step + 64, T(1000)), derivative(y), wanted(y), wanted_derivative(y);
  kernel::convolve<twice, panels, at>(w.data, bias.data, x.data(), y.data(), derivative.data(), step);
  kernel::reference::convolve<twice, panels, at>(w.data, bias.data, x.data(), wanted.data(), wanted_derivative.data(), step);
  CHECK(y == wanted);
  CHECK(derivative == wanted_derivative);
  y.assign(y.size(), T(1000));
  kernel::convolve<twice, panels, at>(w.data, bias.data, x.data(), y.data(), nullptr, step);
  CHECK(y == wanted);
}

} // namespace

TEMPLATE_TEST_CASE("convolutions are the reference's", "", float, double) {
  agrees<TestType, input<1, 9, 28>, conv2d<8, 5, 5>>(); // an even number of windows in a line
  agrees<TestType, input<1, 9, 11>, conv2d<8, 5, 5>>();
  agrees<TestType, input<3, 5, 9>, conv2d<6, 2, 2>>();
  agrees<TestType, input<2, 6, 70>, conv2d<5, 3, 3>>();
  agrees<TestType, input<2, 3, 4>, conv2d<3, 3, 3>>();
  agrees<TestType, input<3, 9, 12>, conv2d<4, 3, 3, identity, conv_options{.stride = 2, .dilation = {1, 2}}>>();
  agrees<TestType, input<8, 7, 7>, conv2d<7, 1, 2>>();
  agrees<TestType, input<4, 5, 13>, conv2d<17, 3, 2>>();
  agrees<TestType, input<3, 24>, conv1d<1, 9>>();
}
