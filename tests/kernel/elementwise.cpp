#include "laws/kernel.hpp"

#include "inlay/activation.hpp"

#include <limits>

namespace {

using namespace inlay;

constexpr auto product_and_a = [](auto a, auto b) { return a * b + a; };
constexpr auto product_and_difference = [](auto a, auto b) { return value_and_derivative<decltype(a)>{a * b, a - b}; };

/// The kernels over rows of `size` numbers, SIMD and reference.
template <class T>
struct elementwise_kernels {
  const char* arch;
  std::size_t size;
  struct functions {
    void (*map)(const T* a, const T* b, std::size_t count, T* y);
    T (*loss)(const T* a, const T* b, T* gradient, T scale);
    T (*sum)(const T* a, const T* b);
    T (*largest)(const T* a);
  };
  functions simd, reference;
  std::string name() const { return laws::say(arch, ", ", sizeof(T) * 8, " bits, rows of ", size, ": "); }
};

template <class T, class Arch, std::size_t N>
constexpr elementwise_kernels<T> kernels_of() {
  using many = rows<const T, laws::most_samples, N, padded<T>(N)>;
  using many_written = rows<T, laws::most_samples, N, padded<T>(N)>;
  using one = rows<const T, 1, N, padded<T>(N)>;
  using one_written = rows<T, 1, N, padded<T>(N)>;
  return {Arch::name(),
          N,
          {[](const T* a, const T* b, std::size_t count, T* y) {
             kernel::map<Arch>(product_and_a, many_written{y, count}, many{a, count}, many{b, count});
           },
           [](const T* a, const T* b, T* gradient, T scale) {
             return kernel::value_and_gradient<Arch>(product_and_difference, one{a, 1}, one{b, 1}, one_written{gradient, 1}, scale);
           },
           [](const T* a, const T* b) { return T(kernel::sum<Arch>(product_and_a, one{a, 1}, one{b, 1})); },
           [](const T* a) { return T(kernel::largest<Arch>(one{a, 1})); }},
          {[](const T* a, const T* b, std::size_t count, T* y) {
             kernel::reference::map(product_and_a, many_written{y, count}, many{a, count}, many{b, count});
           },
           [](const T* a, const T* b, T* gradient, T scale) {
             return kernel::reference::value_and_gradient(product_and_difference, one{a, 1}, one{b, 1}, one_written{gradient, 1}, scale);
           },
           [](const T* a, const T* b) { return T(kernel::reference::sum(product_and_a, one{a, 1}, one{b, 1})); },
           [](const T* a) { return T(kernel::reference::largest(one{a, 1})); }}};
}

/// The same numbers as the reference's, whatever lies in the padding of the rows read; zero in that of the rows written,
/// as far as registers cover it (untouched beyond).
template <class T>
laws::finding agrees(const elementwise_kernels<T>& k) {
  const T nan = std::numeric_limits<T>::quiet_NaN();
  const std::size_t stride = padded<T>(k.size);
  laws::memory<T> a(laws::most_samples, stride, nan), b(a), magnitude(a);
  laws::noise<T> value(7);
  for (std::size_t s = 0; s < laws::most_samples; ++s)
    for (std::size_t i = 0; i < k.size; ++i) {
      a[s][i] = value();
      b[s][i] = value();
      magnitude[s][i] = std::abs(a[s][i] * b[s][i]) + std::abs(a[s][i]);
    }
  laws::finding found;
  for (const std::size_t count : laws::batches) {
    laws::memory<T> y(laws::most_samples, stride, T(0)), wanted(y);
    for (T* past = y[count]; past != y.end(); ++past) *past = nan;
    k.simd.map(a.data(), b.data(), count, y.data());
    k.reference.map(a.data(), b.data(), count, wanted.data());
    found += laws::compare("map", count, k.size, y, wanted, 2, magnitude);
    for (std::size_t s = 0; s < count; ++s)
      for (std::size_t i = k.size; i < stride; ++i)
        if (y[s][i] != T(0)) found += laws::say("map left ", y[s][i], " in the padding; ");
    for (const T* past = y[count]; past != y.end(); ++past)
      if (!std::isnan(*past)) found += "map wrote past the rows; ";
    laws::memory<T> in_place(a);
    k.simd.map(in_place.data(), b.data(), count, in_place.data());
    found += laws::compare("map in place", count, k.size, in_place, wanted, 2, magnitude);
  }
  double terms = 0, products = 0;
  for (std::size_t i = 0; i < k.size; ++i) {
    terms += static_cast<double>(magnitude.data()[i]);
    products += static_cast<double>(std::abs(a.data()[i] * b.data()[i]));
  }
  const auto same = [&](const char* what, T got, T wanted, double tolerance) {
    if (!laws::near(static_cast<double>(got), static_cast<double>(wanted), tolerance))
      found += laws::say(what, " is ", got, ", wanted ", wanted, " within ", tolerance, "; ");
  };
  same("sum", k.simd.sum(a.data(), b.data()), k.reference.sum(a.data(), b.data()), laws::rounding<T>(k.size + 1, terms));
  same("largest", k.simd.largest(a.data()), k.reference.largest(a.data()), 0);
  for (std::size_t i = 0; i < k.size; ++i) a[1][i] = T(-2) - a[1][i]; // all below the zeros of any padding
  same("largest of negative", k.simd.largest(a[1]), k.reference.largest(a[1]), 0);

  laws::memory<T> gradient(1, stride, T(0)), wanted(gradient);
  same("loss", k.simd.loss(a.data(), b.data(), gradient.data(), T(0.75)),
       k.reference.loss(a.data(), b.data(), wanted.data(), T(0.75)), laws::rounding<T>(k.size + 1, products));
  for (T& x : magnitude) x = T(2);
  found += laws::compare("loss gradient", 1, stride, gradient, wanted, 1, magnitude);
  return found.empty() ? found : k.name() + found;
}

template <class T>
void every_size() {
  laws::for_each_arch([]<class Arch>() {
    constexpr std::size_t lanes = xsimd::batch<T, Arch>::size;
    [&]<std::size_t... k>(std::index_sequence<k...>) {
      for (const auto& kernels : {kernels_of<T, Arch, k + 1>()...}) CHECK(agrees(kernels) == "");
    }(std::make_index_sequence<2 * lanes + 1>{});
    CHECK(agrees(kernels_of<T, Arch, 4 * lanes + 3>()) == "");
  });
}

/// rule(w, g, states...) over n parameters.
template <class T, class Arch, std::size_t... state>
laws::finding update_agrees(std::index_sequence<state...>, auto rule) {
  laws::finding found;
  for (const std::size_t units : {1u, 2u, 7u}) {
    const std::size_t n = units * padded<T>(1);
    laws::memory<T> w(1, n, T(0)), g(w), states(sizeof...(state) + 1, n, T(0)), magnitude(3, n, T(4));
    laws::noise<T> value(9);
    value.fill(w);
    value.fill(g);
    value.fill(states);
    laws::memory<T> wanted_w(w), wanted_states(states);
    kernel::update<Arch>(rule, n, w.data(), g.data(), states[state]...);
    kernel::reference::update(rule, n, wanted_w.data(), g.data(), wanted_states[state]...);
    found += laws::compare("w", 1, n, w, wanted_w, 4, magnitude) +
             laws::compare("state", sizeof...(state), n, states, wanted_states, 4, magnitude);
  }
  return found.empty() ? found : laws::say(Arch::name(), ", ", sizeof(T) * 8, " bits: ", found);
}

template <class T>
void every_update() {
  laws::for_each_arch([]<class Arch>() {
    const auto none = [](auto& w, auto g) { w = w - g * g; };
    const auto one = [](auto& w, auto g, auto& a) { a = a + g, w = w * a; };
    const auto three = [](auto& w, auto g, auto& a, auto& b, auto& c) { a = b - c * g, b = c, w = w + a * b; };
    CHECK(update_agrees<T, Arch>(std::make_index_sequence<0>{}, none) == "");
    CHECK(update_agrees<T, Arch>(std::make_index_sequence<1>{}, one) == "");
    CHECK(update_agrees<T, Arch>(std::make_index_sequence<3>{}, three) == "");
  });
}

} // namespace

TEST_CASE("simd map, loss, sum and largest == reference, float") { every_size<float>(); }
TEST_CASE("simd map, loss, sum and largest == reference, double") { every_size<double>(); }

TEST_CASE("simd::update == reference::update, float") { every_update<float>(); }
TEST_CASE("simd::update == reference::update, double") { every_update<double>(); }

TEST_CASE("an element-wise kernel that reads its padding is found") {
  auto k = kernels_of<float, kernel::simd::default_arch, 5>();
  REQUIRE(agrees(k) == "");
  k.simd.sum = [](const float* a, const float* b) { return kernels_of<float, kernel::simd::default_arch, 6>().simd.sum(a, b); };
  CHECK(agrees(k) != "");
  k = kernels_of<float, kernel::simd::default_arch, 5>();
  k.simd.largest = [](const float* a) { return std::max(0.0f, kernels_of<float, kernel::simd::default_arch, 5>().simd.largest(a)); };
  CHECK(agrees(k) != "");
  k = kernels_of<float, kernel::simd::default_arch, 5>();
  k.simd.map = [](const float* a, const float* b, std::size_t count, float* y) {
    kernels_of<float, kernel::simd::default_arch, 6>().simd.map(a, b, count, y);
  };
  CHECK(agrees(k) != "");
}
