#include "laws/kernel.hpp"

namespace {

using namespace inlay;
using laws::finding, laws::memory;

/// Products of x (samples, In), w (In or samples, Out) and y, and how the reference makes them.
template <class T>
struct products {
  using function = void (*)(const T* x, const T* w, T* y, std::size_t samples);
  struct all {
    function product, add_product, turned_product, turned_with_factors;
    void (*turn)(const T* x, T* y, std::size_t samples);
  };
  const char* arch;
  std::size_t most, in, out, turned_stride;
  all simd, reference;
};

template <class T, class Arch, std::size_t In, std::size_t Out, std::size_t Samples>
constexpr products<T> products_of() {
  using x_rows = rows<const T, Samples, In, padded<T>(In)>;
  using w_rows = rows<const T, In, Out, padded<T>(Out)>;
  using deep_rows = rows<const T, Samples, Out, padded<T>(Out)>;
  using y_rows = rows<T, Samples, Out, padded<T>(Out)>;
  using turned_rows = rows<T, In, Out, padded<T>(Out)>;
  using turned_x = rows<T, In, Samples, padded<T>(Samples)>;
  return {Arch::name(),
          Samples,
          In,
          Out,
          padded<T>(Samples),
          {[](const T* x, const T* w, T* y, std::size_t n) { kernel::product<Arch>(x_rows{x, n}, w_rows{w, In}, y_rows{y, n}); },
           [](const T* x, const T* w, T* y, std::size_t n) { kernel::add_product<Arch>(x_rows{x, n}, w_rows{w, In}, y_rows{y, n}); },
           [](const T* x, const T* w, T* y, std::size_t n) { kernel::turned_product<Arch>(x_rows{x, n}, deep_rows{w, n}, turned_rows{y, In}, nullptr); },
           [](const T* x, const T* w, T* y, std::size_t n) { kernel::turned_product<Arch>(x_rows{x, n}, deep_rows{w, n}, turned_rows{y, In}, x); },
           [](const T* x, T* y, std::size_t n) { kernel::turn<Arch>(x_rows{x, n}, turned_x{y, In}); }},
          {[](const T* x, const T* w, T* y, std::size_t n) { kernel::reference::product<false>(x_rows{x, n}, w_rows{w, In}, y_rows{y, n}); },
           [](const T* x, const T* w, T* y, std::size_t n) { kernel::reference::product<true>(x_rows{x, n}, w_rows{w, In}, y_rows{y, n}); },
           [](const T* x, const T* w, T* y, std::size_t n) { kernel::reference::turned_product(x_rows{x, n}, deep_rows{w, n}, turned_rows{y, In}, nullptr); },
           [](const T* x, const T* w, T* y, std::size_t n) { kernel::reference::turned_product(x_rows{x, n}, deep_rows{w, n}, turned_rows{y, In}, x); },
           [](const T* x, T* y, std::size_t n) { kernel::reference::turn(x_rows{x, n}, turned_x{y, In}); }}};
}

/// Random numbers, or their absolute values; zeros behind each row.
template <class T>
memory<T> numbers(std::size_t samples, std::size_t size, std::uint64_t seed, bool absolute) {
  memory<T> all(samples, padded<T>(size), T(0));
  laws::noise<T> value(seed);
  for (std::size_t s = 0; s < samples; ++s)
    for (std::size_t i = 0; i < size; ++i) all[s][i] = absolute ? std::abs(value()) : value();
  return all;
}

template <class T>
finding agrees(const products<T>& k) {
  for (const std::size_t n : {1u, 2u, 5u, 13u, 33u}) {
    if (n > k.most) break;
    finding found;
    const auto compare = [&](const char* what, auto simd, auto reference, std::size_t rows_of_w, std::size_t rows_of_y, std::size_t terms) {
      memory<T> y(numbers<T>(rows_of_y + 1, k.out, 3, false)), wanted(y), magnitude(numbers<T>(rows_of_y + 1, k.out, 3, true));
      for (std::size_t i = 0; i < y.stride(); ++i) y[rows_of_y][i] = T(-77);
      simd(numbers<T>(n, k.in, 1, false).data(), numbers<T>(rows_of_w, k.out, 2, false).data(), y.data(), n);
      reference(numbers<T>(n, k.in, 1, false).data(), numbers<T>(rows_of_w, k.out, 2, false).data(), wanted.data(), n);
      reference(numbers<T>(n, k.in, 1, true).data(), numbers<T>(rows_of_w, k.out, 2, true).data(), magnitude.data(), n);
      found += laws::compare(what, rows_of_y, k.out, y, wanted, terms, magnitude);
      for (std::size_t s = 0; s < rows_of_y; ++s)
        for (std::size_t i = k.out; i < y.stride(); ++i)
          if (y[s][i] != T(0)) found += laws::say("padding of ", what, " is ", y[s][i], "; ");
      for (std::size_t i = 0; i < y.stride(); ++i)
        if (y[rows_of_y][i] != T(-77)) found += laws::say(what, " wrote past its rows; ");
    };
    compare("x w", k.simd.product, k.reference.product, k.in, n, k.in + 8);
    compare("y + x w", k.simd.add_product, k.reference.add_product, k.in, n, k.in + 1);
    compare("xᵀ w", k.simd.turned_product, k.reference.turned_product, n, k.in, n);
    compare("xᵀ w by factors", k.simd.turned_with_factors, k.reference.turned_with_factors, n, k.in, n + 1);
    memory<T> turned(k.in, k.turned_stride, T(-77)), wanted(turned);
    k.simd.turn(numbers<T>(n, k.in, 1, false).data(), turned.data(), n);
    k.reference.turn(numbers<T>(n, k.in, 1, false).data(), wanted.data(), n);
    found += laws::compare("xᵀ", k.in, k.turned_stride, turned, wanted, 0, memory<T>(k.in, k.turned_stride, T(0)));
    if (!found.empty()) return laws::say(k.arch, ", ", sizeof(T) * 8, " bits, ", n, " of ", k.most, " rows, ", k.in, " -> ", k.out, ": ", found);
  }
  return {};
}

/// Of each instruction set widths around those of registers, of tiles and of squares.
template <class T>
void every_size() {
  laws::for_each_arch([]<class Arch>() {
    constexpr std::size_t lanes = xsimd::batch<T, Arch>::size;
    CHECK(agrees(products_of<T, Arch, 1, 1, 1>()) == "");
    CHECK(agrees(products_of<T, Arch, 17, lanes + 1, 1>()) == "");
    CHECK(agrees(products_of<T, Arch, 5, 5 * lanes, 1>()) == "");
    CHECK(agrees(products_of<T, Arch, 1, 3, 33>()) == "");
    CHECK(agrees(products_of<T, Arch, 4, lanes, 33>()) == "");
    CHECK(agrees(products_of<T, Arch, lanes, 2 * lanes + 1, 33>()) == "");
    CHECK(agrees(products_of<T, Arch, 2 * lanes, 7, 5>()) == "");
    CHECK(agrees(products_of<T, Arch, 19, 5 * lanes - 1, 13>()) == "");
  });
}

} // namespace

TEST_CASE("products of simd == those of the reference, float") { every_size<float>(); }
TEST_CASE("products of simd == those of the reference, double") { every_size<double>(); }

TEST_CASE("a product that forgets a term, one that does not add, and a square that is not turned are found") {
  const auto good = products_of<double, kernel::simd::default_arch, 4, 4, 5>();
  REQUIRE(agrees(good) == "");
  auto k = good;
  k.simd.product = [](const double* x, const double* w, double* y, std::size_t n) {
    kernel::product(rows<const double, 5, 4, 8>{x, n}, rows<const double, 4, 4, 8>{w, 3}, rows<double, 5, 4, 8>{y, n});
  };
  CHECK(agrees(k) != "");
  k = good;
  k.simd.add_product = good.simd.product;
  CHECK(agrees(k) != "");
  k = good;
  k.simd.turned_product = [](const double* x, const double* w, double* y, std::size_t n) {
    kernel::turned_product(rows<const double, 5, 4, 8>{x, n - 1}, rows<const double, 5, 4, 8>{w, n - 1}, rows<double, 4, 4, 8>{y, 4}, nullptr);
  };
  CHECK(agrees(k) != "");
  k = good;
  k.simd.turned_with_factors = good.simd.turned_product;
  CHECK(agrees(k) != "");
  k = good;
  k.simd.turn = [](const double* x, double* y, std::size_t n) {
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t s = 0; s < 8; ++s) y[i * 8 + s] = s < n ? x[s * 8] : 0;
  };
  CHECK(agrees(k) != "");
}
