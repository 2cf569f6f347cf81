#include "laws/kernel.hpp"

namespace {

using namespace inlay;
using laws::finding, laws::memory;

template <class T>
struct columns_kernel {
  using softmax = void (*)(T scale, T* x, T* over, std::size_t samples, kernel::band of);
  using delta = void (*)(T scale, T* p, const T* over, T* grad, std::size_t samples);
  const char* arch;
  std::size_t size;
  softmax all, banded, reference_all, reference_banded;
  delta back, reference_back;
};

template <class T, class Arch, std::size_t N>
constexpr columns_kernel<T> columns_of() {
  using some = rows<T, 33, N, padded<T>(N)>;
  return {Arch::name(), N,
          [](T scale, T* x, T* over, std::size_t n, kernel::band) { kernel::softmax_columns<Arch>(scale, some{x, n}, over, kernel::everything{}); },
          [](T scale, T* x, T* over, std::size_t n, kernel::band of) { kernel::softmax_columns<Arch>(scale, some{x, n}, over, of); },
          [](T scale, T* x, T* over, std::size_t n, kernel::band) { kernel::reference::softmax_columns(scale, some{x, n}, over, kernel::everything{}); },
          [](T scale, T* x, T* over, std::size_t n, kernel::band of) { kernel::reference::softmax_columns(scale, some{x, n}, over, of); },
          [](T scale, T* p, const T* over, T* grad, std::size_t n) { kernel::softmax_columns_delta<Arch>(scale, some{p, n}, over, some{grad, n}); },
          [](T scale, T* p, const T* over, T* grad, std::size_t n) { kernel::reference::softmax_columns_delta(scale, some{p, n}, over, some{grad, n}); }};
}

template <class T>
finding agrees(const columns_kernel<T>& k) {
  const std::size_t stride = padded<T>(k.size);
  for (const std::size_t n : {1u, 2u, 33u}) {
    finding found;
    memory<T> x(n, stride, T(0)), grad(n, stride, T(0)), one(n, stride, T(1));
    laws::noise<T> value(1);
    for (T& v : x) v = 40 * value();
    for (T& v : grad) v = value();
    const auto compare = [&](const char* what, auto simd, auto reference, kernel::band of) {
      memory<T> y(x), wanted(x), over(1, stride, T(0)), wanted_over(over);
      simd(T(0.5), y.data(), over.data(), n, of);
      reference(T(0.5), wanted.data(), wanted_over.data(), n, of);
      found += laws::compare(what, n, k.size, y, wanted, n + 32, one) + laws::compare("1 / sum", 1, k.size, over, wanted_over, n + 32, wanted_over);
    };
    compare("softmax", k.all, k.reference_all, {});
    for (const kernel::band of : {kernel::band{0, 100}, {3, 100}, {0, 2}, {5, 3}}) compare("softmax of a band", k.banded, k.reference_banded, of);
    memory<T> p(x), y(grad), wanted(grad), over(1, stride, T(0));
    k.reference_all(T(0.5), p.data(), over.data(), n, {});
    memory<T> wanted_p(p);
    k.back(T(0.5), p.data(), over.data(), y.data(), n);
    k.reference_back(T(0.5), wanted_p.data(), over.data(), wanted.data(), n);
    found += laws::compare("gradient", n, k.size, y, wanted, n + 8, one) + laws::compare("p", n, k.size, p, wanted_p, 2, one);
    if (!found.empty()) return laws::say(k.arch, ", ", sizeof(T) * 8, " bits, ", n, " rows of ", k.size, ": ", found);
  }
  return {};
}

template <class T>
void every_size() {
  laws::for_each_arch([]<class Arch>() {
    constexpr std::size_t lanes = xsimd::batch<T, Arch>::size;
    CHECK(agrees(columns_of<T, Arch, 1>()) == "");
    CHECK(agrees(columns_of<T, Arch, lanes>()) == "");
    CHECK(agrees(columns_of<T, Arch, 2 * lanes + 1>()) == "");
  });
}

} // namespace

TEST_CASE("the softmax of columns by simd == by the reference, float") { every_size<float>(); }
TEST_CASE("the softmax of columns by simd == by the reference, double") { every_size<double>(); }

TEST_CASE("the softmax of a column sums to one, of what counts") {
  std::array<double, 2 * 8> x{1, 2, 0, 0, 0, 0, 0, 0, 1, 2};
  std::array<double, 2> over{};
  kernel::reference::softmax_columns(1.0, rows<double, 2, 2, 8>{x.data(), 2}, over.data(), kernel::band{0, 10});
  CHECK(x[0] * over[0] == 1); // the first query knows the first key alone
  CHECK(x[8] == 0);
  CHECK(x[1] * over[1] == Approx(0.5));
  CHECK(x[9] * over[1] == Approx(0.5));
}

TEST_CASE("a softmax that counts too much, and a gradient without its sum are found") {
  const auto good = columns_of<float, kernel::simd::default_arch, 5>();
  REQUIRE(agrees(good) == "");
  auto k = good;
  k.banded = good.all;
  CHECK(agrees(k) != "");
  k = good;
  k.back = [](float scale, float* p, const float* over, float* grad, std::size_t n) {
    for (std::size_t i = 0; i < 16 * n; ++i) p[i] *= i % 16 < 5 ? over[i % 16] : 0, grad[i] *= scale * p[i];
  };
  CHECK(agrees(k) != "");
}
