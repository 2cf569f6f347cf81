#include "laws/kernel.hpp"

#include <limits>

namespace {

using namespace inlay;

template <class T>
struct accumulate_kernel : laws::linear_map<T> {
  using function = void (*)(const T* x, const T* delta, std::size_t count, T* w, T* bias);
  function simd, reference;
};

template <class T, class Arch, class Matrix, std::size_t Samples>
constexpr accumulate_kernel<T> kernel_of() {
  constexpr std::size_t In = Matrix::inputs, Out = Matrix::outputs;
  using x_rows = rows<const T, Samples, In, laws::input_stride<T, In>>;
  using delta_rows = rows<const T, Samples, Out, padded<T>(Out)>;
  return {laws::linear_map_of<T, Arch, Matrix, Samples>(),
          [](const T* x, const T* delta, std::size_t count, T* w, T* bias) {
            kernel::accumulate<Matrix, Arch>(x_rows{x, count}, delta_rows{delta, count}, w, bias);
          },
          [](const T* x, const T* delta, std::size_t count, T* w, T* bias) {
            kernel::reference::accumulate<Matrix>(x_rows{x, count}, delta_rows{delta, count}, w, bias);
          }};
}

/// W and b grow by what they grow by in the reference, and their padding stays zero, also where x and delta hold `bad`
/// numbers: infinite ones, NaNs.
template <class T>
laws::finding agrees(const accumulate_kernel<T>& k) {
  const T nan = std::numeric_limits<T>::quiet_NaN(), infinity = std::numeric_limits<T>::infinity();
  const std::size_t stride = k.padded(k.out);
  const auto x = k.rows(k.in, k.x_stride, 2, false, nan), x_magnitude = k.rows(k.in, k.x_stride, 2, true, nan);
  const auto delta = k.rows(k.out, stride, 3, false, T(0)), delta_magnitude = k.rows(k.out, stride, 3, true, T(0));
  const auto w = k.weights(4, false), w_magnitude = k.weights(4, true);
  laws::memory<T> bias(1, stride, T(0)), bias_magnitude(1, stride, T(0));
  for (std::size_t o = 0; o < k.out; ++o) {
    bias.data()[o] = T(1) / T(o + 1) - T(0.5);
    bias_magnitude.data()[o] = std::abs(bias.data()[o]);
  }

  for (const std::size_t count : laws::batches) {
    if (count > k.samples) break;
    laws::memory<T> found_w(w), found_bias(bias), wanted_w(w), wanted_bias(bias), most_w(w_magnitude), most_bias(bias_magnitude);
    k.simd(x.data(), delta.data(), count, found_w.data(), found_bias.data());
    k.reference(x.data(), delta.data(), count, wanted_w.data(), wanted_bias.data());
    k.reference(x_magnitude.data(), delta_magnitude.data(), count, most_w.data(), most_bias.data());
    auto found = laws::compare("W", 1, k.storage, found_w, wanted_w, count + 1, most_w) +
                 laws::compare("b", 1, k.out, found_bias, wanted_bias, count + 1, most_bias) +
                 k.padding(found_w, found_bias);

    for (const T bad : {infinity, nan}) {
      laws::memory<T> bad_x(x), bad_delta(delta);
      for (std::size_t i = 0; i < k.in; i += 2) bad_x[count - 1][i] = bad;
      for (std::size_t o = 0; o < k.out; o += 2) bad_delta[count / 2][o] = bad;
      k.simd(bad_x.data(), bad_delta.data(), count, found_w.data(), found_bias.data());
      found += k.padding(found_w, found_bias);
    }
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

TEST_CASE("simd::accumulate == reference::accumulate, float") { every_size<float>(); }
TEST_CASE("simd::accumulate == reference::accumulate, double") { every_size<double>(); }

TEST_CASE("an accumulate that skips a sample, or leaves a NaN in the padding, is found") {
  using kernel_type = accumulate_kernel<float>;
  auto k = kernel_of<float, kernel::simd::default_arch, kernel::panels<float, 5, 3>, laws::most_samples>();
  REQUIRE(agrees(k) == "");
  k.simd = [](const float* x, const float* delta, std::size_t count, float* w, float* bias) {
    const kernel_type good = kernel_of<float, kernel::simd::default_arch, kernel::panels<float, 5, 3>, laws::most_samples>();
    good.simd(x, delta, count - (count == 65), w, bias);
  };
  CHECK(agrees(k) != "");
  k.simd = [](const float* x, const float* delta, std::size_t count, float* w, float* bias) {
    const kernel_type good = kernel_of<float, kernel::simd::default_arch, kernel::panels<float, 5, 3>, laws::most_samples>();
    good.simd(x, delta, count, w, bias);
    w[3] += 0 * x[0]; // of input 0, beside its three outputs
  };
  CHECK(agrees(k) != "");
}
