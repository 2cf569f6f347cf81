#include "laws/kernel.hpp"

#include <limits>

namespace {

using namespace inlay;

/// Tells the weight and two states apart, and each from the others.
inline constexpr auto rule = [](auto& w, auto g, auto& sum, auto& mean) {
  w = w - g;
  sum = sum + g + g;
  mean = mean - (g + g + g);
};

template <class T>
struct update_kernel : laws::linear_map<T> {
  using function = void (*)(const T* x, const T* delta, std::size_t count, std::size_t weights, T* w, T* sum, T* mean);
  function simd, reference;
};

template <class T, class Arch, class Matrix, std::size_t Samples>
constexpr update_kernel<T> kernel_of() {
  constexpr std::size_t In = Matrix::inputs, Out = Matrix::outputs;
  using x_rows = rows<const T, Samples, In, laws::input_stride<T, In>>;
  using delta_rows = rows<const T, Samples, Out, padded<T>(Out)>;
  return {laws::linear_map_of<T, Arch, Matrix, Samples>(),
          [](const T* x, const T* delta, std::size_t count, std::size_t weights, T* w, T* sum, T* mean) {
            kernel::update<Matrix, Arch>(rule, x_rows{x, count}, delta_rows{delta, count}, weights, w, sum, mean);
          },
          [](const T* x, const T* delta, std::size_t count, std::size_t weights, T* w, T* sum, T* mean) {
            kernel::reference::update<Matrix>(rule, x_rows{x, count}, delta_rows{delta, count}, weights, w, sum, mean);
          }};
}

/// A weight and two states, b in front of W, as a layer stores them.
template <class T>
struct state {
  explicit state(const update_kernel<T>& k)
      : weights(k.padded(k.out)), w(1, weights + k.padded(k.storage), T(0)), sum(w), mean(w) {}
  std::size_t weights;
  laws::memory<T> w, sum, mean;
};

/// All grow by what they grow by in the reference, and the padding stays zero, also where x and delta hold NaNs.
template <class T>
laws::finding agrees(const update_kernel<T>& k) {
  const T nan = std::numeric_limits<T>::quiet_NaN(), infinity = std::numeric_limits<T>::infinity();
  const std::size_t stride = k.padded(k.out);
  const auto x = k.rows(k.in, k.x_stride, 2, false, nan), x_magnitude = k.rows(k.in, k.x_stride, 2, true, nan);
  const auto delta = k.rows(k.out, stride, 3, false, T(0)), delta_magnitude = k.rows(k.out, stride, 3, true, T(0));
  for (const std::size_t count : laws::batches) {
    if (count > k.samples) break;
    state<T> found(k), wanted(k), most(k);
    k.simd(x.data(), delta.data(), count, found.weights, found.w.data(), found.sum.data(), found.mean.data());
    k.reference(x.data(), delta.data(), count, wanted.weights, wanted.w.data(), wanted.sum.data(), wanted.mean.data());
    k.reference(x_magnitude.data(), delta_magnitude.data(), count, most.weights, most.w.data(), most.sum.data(), most.mean.data());
    const std::size_t all = found.w.stride();
    auto finding = laws::compare("w", 1, all, found.w, wanted.w, count + 1, most.sum) +
                   laws::compare("first state", 1, all, found.sum, wanted.sum, count + 1, most.sum) +
                   laws::compare("second state", 1, all, found.mean, wanted.mean, 2 * count + 2, most.sum);

    for (const T bad : {infinity, nan}) {
      laws::memory<T> bad_x(x), bad_delta(delta);
      for (std::size_t i = 0; i < k.in; i += 2) bad_x[count - 1][i] = bad;
      for (std::size_t o = 0; o < k.out; o += 2) bad_delta[count / 2][o] = bad;
      k.simd(bad_x.data(), bad_delta.data(), count, found.weights, found.w.data(), found.sum.data(), found.mean.data());
      for (const auto* memory : {&found.w, &found.sum, &found.mean}) {
        laws::memory<T> bias(1, stride, T(0)), w(1, k.storage, T(0));
        std::copy_n(memory->data(), stride, bias.data());
        std::copy_n(memory->data() + stride, k.storage, w.data());
        finding += k.padding(w, bias);
      }
    }
    if (!finding.empty()) return laws::say(k.name(), count, " of ", k.samples, " samples: ", finding);
  }
  return {};
}

template <class T>
void every_size() {
  laws::for_each_kernel<T>(
      []<class Arch, class Matrix, std::size_t samples>() { CHECK(agrees(kernel_of<T, Arch, Matrix, samples>()) == ""); });
}

} // namespace

TEST_CASE("simd::update == reference::update, float") { every_size<float>(); }
TEST_CASE("simd::update == reference::update, double") { every_size<double>(); }

TEST_CASE("an update that skips a sample, or leaves a NaN in the padding, is found") {
  auto k = kernel_of<float, kernel::simd::default_arch, kernel::panels<float, 5, 3>, laws::most_samples>();
  REQUIRE(agrees(k) == "");
  k.simd = [](const float* x, const float* delta, std::size_t count, std::size_t weights, float* w, float* sum, float* mean) {
    const auto good = kernel_of<float, kernel::simd::default_arch, kernel::panels<float, 5, 3>, laws::most_samples>();
    good.simd(x, delta, count - (count == 65), weights, w, sum, mean);
  };
  CHECK(agrees(k) != "");
  k.simd = [](const float* x, const float* delta, std::size_t count, std::size_t weights, float* w, float* sum, float* mean) {
    const auto good = kernel_of<float, kernel::simd::default_arch, kernel::panels<float, 5, 3>, laws::most_samples>();
    good.simd(x, delta, count, weights, w, sum, mean);
    mean[weights + 3] += 0 * x[0]; // of input 0, beside its three outputs
  };
  CHECK(agrees(k) != "");
}
