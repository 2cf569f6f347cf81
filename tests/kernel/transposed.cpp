#include "laws/kernel.hpp"

#include <limits>

namespace {

using namespace inlay;

template <class T>
struct transposed_kernel : laws::linear_map<T> {
  using function = void (*)(const T* w, const T* delta, std::size_t count, T* gradient);
  function simd, reference;
};

template <class T, class Arch, class Matrix, std::size_t Samples>
constexpr transposed_kernel<T> kernel_of() {
  constexpr std::size_t In = Matrix::inputs, Out = Matrix::outputs;
  using delta_rows = rows<const T, Samples, Out, padded<T>(Out)>;
  using gradient_rows = rows<T, Samples, In, padded<T>(In)>;
  return {laws::linear_map_of<T, Arch, Matrix, Samples>(),
          [](const T* w, const T* delta, std::size_t count, T* gradient) {
            kernel::transposed<Matrix, Arch>(w, delta_rows{delta, count}, gradient_rows{gradient, count});
          },
          [](const T* w, const T* delta, std::size_t count, T* gradient) {
            kernel::reference::transposed<false, Matrix>(w, delta_rows{delta, count}, gradient_rows{gradient, count});
          }};
}

/// One sample in narrower registers than its gradient has, as where AVX-512 works by halves.
template <class T, std::size_t In, std::size_t Out>
constexpr transposed_kernel<T> kernel_by_halves() {
  using namespace kernel::simd;
  auto k = kernel_of<T, default_arch, kernel::panels<T, In, Out>, 1>();
  k.simd = [](const T* w, const T* delta, std::size_t, T* gradient) {
    constexpr std::size_t written = covered<T, In, default_arch>;
    transposed_one<false, register_for<T, 32 / sizeof(T)>, register_for<T, In>, kernel::panels<T, In, Out>, written>(w, delta, gradient);
  };
  return k;
}

/// The gradient is the reference's, and rows past the batch are left alone.
template <class T>
laws::finding agrees(const transposed_kernel<T>& k) {
  const T nan = std::numeric_limits<T>::quiet_NaN();
  const auto w = k.weights(1, false), w_magnitude = k.weights(1, true);
  const auto delta = k.rows(k.out, k.padded(k.out), 2, false, T(0));
  const auto delta_magnitude = k.rows(k.out, k.padded(k.out), 2, true, T(0));
  laws::memory<T> magnitude(k.samples, k.padded(k.in), T(0));
  k.reference(w_magnitude.data(), delta_magnitude.data(), k.samples, magnitude.data());

  for (const std::size_t count : laws::batches) {
    if (count > k.samples) break;
    laws::memory<T> gradient(k.samples, k.padded(k.in), nan), wanted(gradient);
    k.simd(w.data(), delta.data(), count, gradient.data());
    k.reference(w.data(), delta.data(), count, wanted.data());
    auto found = laws::compare("gradient", count, k.in, gradient, wanted, k.out, magnitude);
    for (const T* past = gradient[count]; past != gradient.end(); ++past)
      if (!std::isnan(*past)) found += "wrote past the batch; ";
    if (!found.empty()) return laws::say(k.name(), count, " of ", k.samples, " samples: ", found);
  }
  return {};
}

template <class T>
void every_size() {
  laws::for_each_kernel<T>(
      []<class Arch, class Matrix, std::size_t samples>() { CHECK(agrees(kernel_of<T, Arch, Matrix, samples>()) == ""); });
  laws::for_each_size<T, kernel::simd::default_arch>([]<std::size_t In, std::size_t Out>() {
    if constexpr (Out * sizeof(T) > 32) CHECK(agrees(kernel_by_halves<T, In, Out>()) == "");
  });
}

} // namespace

TEST_CASE("simd::transposed == reference::transposed, float") { every_size<float>(); }
TEST_CASE("simd::transposed == reference::transposed, double") { every_size<double>(); }

TEST_CASE("a transposed product that takes W for its transpose is found") {
  auto k = kernel_of<double, kernel::simd::default_arch, kernel::panels<double, 3, 3>, 1>();
  REQUIRE(agrees(k) == "");
  k.simd = [](const double* w, const double* delta, std::size_t, double* gradient) {
    const auto good = kernel_of<double, kernel::simd::default_arch, kernel::panels<double, 3, 3>, 1>();
    for (std::size_t i = 0; i < 3; ++i) {
      gradient[i] = 0;
      for (std::size_t o = 0; o < 3; ++o) gradient[i] += w[good.index(i, o)] * delta[o];
    }
  };
  CHECK(agrees(k) != "");
}
