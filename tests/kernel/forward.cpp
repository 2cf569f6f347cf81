#include "laws/kernel.hpp"

#include "inlay/activation.hpp"

#include <limits>

namespace {

using namespace inlay;

/// Exact, so that the tolerance is the sum's own; tells value and derivative apart.
struct twice {
  template <class V>
  static constexpr value_and_derivative<V> at(V z) noexcept {
    return {z + z, -z};
  }
};

template <class T>
struct forward_kernel : laws::linear_map<T> {
  bool recorded; ///< writes the derivative too
  using function = void (*)(const T* w, const T* bias, const T* x, std::size_t count, T* y, T* derivative);
  function simd, reference;
};

/// Half of the sizes record: what happens to z is another path only behind the last multiplication.
template <class T, class Arch, class Matrix, std::size_t Samples>
constexpr forward_kernel<T> kernel_of() {
  constexpr std::size_t In = Matrix::inputs, Out = Matrix::outputs;
  constexpr bool recorded = (In + Out + Samples / 2) % 2 == 1;
  using x_rows = std::conditional_t<laws::input_stride<T, In> == In, foreign_rows<const T, Samples, In>, rows<const T, Samples, In, laws::input_stride<T, In>>>;
  using y_rows = rows<T, Samples, Out, padded<T>(Out)>;
  const auto with = []<class Kernel>(Kernel) {
    return [](const T* w, const T* bias, const T* x, std::size_t count, T* y, T* derivative) {
      if constexpr (recorded) Kernel()(twice{}, w, bias, x_rows{x, count}, y_rows{y, count}, y_rows{derivative, count});
      else Kernel()(identity{}, w, bias, x_rows{x, count}, y_rows{y, count}, nullptr);
    };
  };
  return {laws::linear_map_of<T, Arch, Matrix, Samples>(), recorded,
          with([]<class A>(A, auto... arguments) { kernel::forward<A, Matrix, Arch>(arguments...); }),
          with([]<class A>(A, auto... arguments) { kernel::reference::forward<A, Matrix>(arguments...); })};
}

/// y and the derivative are those of the reference, and rows past the batch are left alone.
template <class T>
laws::finding agrees(const forward_kernel<T>& k) {
  const T nan = std::numeric_limits<T>::quiet_NaN();
  const std::size_t stride = k.padded(k.out);
  const auto w = k.weights(1, false), w_magnitude = k.weights(1, true);
  laws::memory<T> bias(1, stride, T(0)), bias_magnitude(1, stride, T(0));
  for (std::size_t o = 0; o < k.out; ++o) {
    bias.data()[o] = T(1) / T(o + 1) - T(0.5);
    bias_magnitude.data()[o] = std::abs(bias.data()[o]);
  }
  const auto x = k.rows(k.in, k.x_stride, 2, false, nan), x_magnitude = k.rows(k.in, k.x_stride, 2, true, nan);
  laws::memory<T> magnitude(k.samples, stride, T(0)), unread(magnitude);
  k.reference(w_magnitude.data(), bias_magnitude.data(), x_magnitude.data(), k.samples, magnitude.data(), unread.data());

  for (const std::size_t count : laws::batches) {
    if (count > k.samples) break;
    laws::memory<T> y(k.samples, stride, nan), derivative(k.samples, stride, nan);
    laws::memory<T> wanted_y(y), wanted_derivative(derivative);
    k.simd(w.data(), bias.data(), x.data(), count, y.data(), derivative.data());
    k.reference(w.data(), bias.data(), x.data(), count, wanted_y.data(), wanted_derivative.data());
    auto found = laws::compare("y", count, k.out, y, wanted_y, k.in + 1, magnitude);
    if (k.recorded)
      found += laws::compare("derivative", count, k.out, derivative, wanted_derivative, k.in + 1, magnitude);
    for (const T* past = y[count]; past != y.end(); ++past)
      if (!std::isnan(*past)) found += "wrote past the batch; ";
    if (!found.empty()) return laws::say(k.name(), count, " of ", k.samples, " samples: ", found);
  }
  return {};
}

template <class T>
void every_size() {
  laws::for_each_kernel<T>(
      []<class Arch, class Matrix, std::size_t samples>() { CHECK(agrees(kernel_of<T, Arch, Matrix, samples>()) == ""); });
}

} // namespace

TEST_CASE("simd::forward == reference::forward, float") { every_size<float>(); }
TEST_CASE("simd::forward == reference::forward, double") { every_size<double>(); }

TEST_CASE("a forward that forgets an input, or writes a row too many, is found") {
  auto k = kernel_of<float, kernel::simd::default_arch, kernel::panels<float, 5, 3>, laws::most_samples>();
  REQUIRE(agrees(k) == "");
  k.simd = [](const float* w, const float* bias, const float* x, std::size_t count, float* y, float* derivative) {
    const auto good = kernel_of<float, kernel::simd::default_arch, kernel::panels<float, 5, 3>, laws::most_samples>();
    good.simd(w, bias, x, count, y, derivative);
    y[16 * (count - 1) + 2] -= w[good.index(2, 4)] * x[5 * (count - 1) + 4];
  };
  CHECK(agrees(k) != "");
  k.simd = [](const float* w, const float* bias, const float* x, std::size_t count, float* y, float* derivative) {
    kernel_of<float, kernel::simd::default_arch, kernel::panels<float, 5, 3>, laws::most_samples>().simd(w, bias, x, count < 65 ? count + 1 : count, y, derivative);
  };
  CHECK(agrees(k) != "");
}
