// Rows of ours and of the caller's into each other, and one number alone.
#include "laws/kernel.hpp"

#include <cmath>
#include <limits>

namespace {

using namespace inlay;

constexpr std::size_t samples = 3, room = 16; // numbers before and behind that nobody may touch

/// Rows of N numbers and what takes them into others, with all that a check needs to know at run time, so that the check
/// itself is compiled once and not for each size.
template <class T>
struct way {
  using function = void (*)(const T* x, T* y);
  const char *arch, *what;
  std::size_t n, x_stride, y_stride;
  bool foreign;
  function copy, reference_copy, add, reference_add;
};

template <class Rows, class T>
constexpr Rows rows_at(T* data) {
  if constexpr (requires { Rows{{data, samples}}; }) return {{data, samples}};
  else return {data, samples};
}

template <class T, class Arch, std::size_t N, class X, class Y>
constexpr way<T> way_of(const char* what) {
  return {Arch::name(), what, N, X::stride, Y::stride, X::foreign,
          [](const T* x, T* y) { kernel::copy_rows<Arch>(rows_at<X>(x), rows_at<Y>(y)); },
          [](const T* x, T* y) { kernel::reference::copy_rows(rows_at<X>(x), rows_at<Y>(y)); },
          [](const T* x, T* y) { kernel::add_rows<Arch>(rows_at<X>(x), rows_at<Y>(y)); },
          [](const T* x, T* y) { kernel::reference::add_rows(rows_at<X>(x), rows_at<Y>(y)); }};
}

/// x as the reference copies, or adds, it to y; SIMD must write the same bits, and none elsewhere.
template <class T>
laws::finding agrees(const way<T>& w) {
  laws::finding found;
  const std::size_t size = 2 * room + samples * padded<T>(w.n);
  laws::memory<T> x(1, size, std::numeric_limits<T>::quiet_NaN()), copied(1, size, T(77));
  laws::noise<T> value(3);
  for (std::size_t s = 0; s < samples; ++s)
    for (std::size_t i = 0; i < w.n; ++i) {
      x.data()[room + s * w.x_stride + i] = w.foreign && (s + i) % 5 == 0 ? std::numeric_limits<T>::denorm_min() : value();
      copied.data()[room + s * w.y_stride + i] = value();
    }
  laws::memory<T> wanted(copied), sum(copied), wanted_sum(copied);
  w.copy(x.data() + room, copied.data() + room);
  w.reference_copy(x.data() + room, wanted.data() + room);
  w.add(x.data() + room, sum.data() + room);
  w.reference_add(x.data() + room, wanted_sum.data() + room);
  for (std::size_t i = 0; i < size; ++i) {
    if (copied.data()[i] != wanted.data()[i]) found += laws::say("number ", i, " is ", copied.data()[i], ", wanted ", wanted.data()[i], "; ");
    const bool padding = i >= room && (i - room) % w.y_stride >= w.n;
    if (sum.data()[i] != wanted_sum.data()[i] && !padding) found += laws::say("sum ", i, " is ", sum.data()[i], ", wanted ", wanted_sum.data()[i], "; ");
  }
  return found.empty() ? found : laws::say(w.arch, ", ", sizeof(T) * 8, " bits, rows of ", w.n, ", ", w.what, ": ", found);
}

template <class T, class Arch, std::size_t N>
laws::finding each_kind() {
  using ours = rows<const T, samples, N, padded<T>(N)>;
  using callers = foreign_rows<const T, samples, N>;
  using to_ours = rows<T, samples, N, padded<T>(N)>;
  using to_caller = rows<T, samples, N, N>;
  using to_part = placed_rows<T, samples, N, padded<T>(N)>;
  return agrees(way_of<T, Arch, N, ours, to_ours>("ours to ours")) + agrees(way_of<T, Arch, N, ours, to_caller>("ours to the caller's")) +
         agrees(way_of<T, Arch, N, callers, to_ours>("the caller's to ours")) + agrees(way_of<T, Arch, N, callers, to_caller>("the caller's to the caller's")) +
         agrees(way_of<T, Arch, N, callers, to_part>("the caller's to a part of ours"));
}

TEMPLATE_TEST_CASE("rows are copied and added, whoever's they are, and nothing else is touched", "", float, double) {
  laws::for_each_arch([]<class Arch>() {
    constexpr std::size_t lanes = xsimd::batch<TestType, Arch>::size;
    [&]<std::size_t... k>(std::index_sequence<k...>) {
      for (const auto& found : {each_kind<TestType, Arch, k + 1>()...}) CHECK(found == "");
    }(std::make_index_sequence<lanes + 2>{});
    CHECK(each_kind<TestType, Arch, 2 * lanes + 1>() + each_kind<TestType, Arch, 4 * lanes + 3>() == "");
  });
}

TEST_CASE("a copy that writes a number more is found") {
  auto w = way_of<float, kernel::simd::default_arch, 3, rows<const float, samples, 3, padded<float>(3)>, rows<float, samples, 3, 3>>("a planted one");
  REQUIRE(agrees(w) == "");
  w.copy = [](const float* x, float* y) {
    kernel::reference::copy_rows(rows<const float, samples, 3, padded<float>(3)>{x, samples}, rows<float, samples, 3, 3>{y, samples});
    y[samples * 3] = 0;
  };
  CHECK(agrees(w) != "");
}

/// y[c][r] = x[r][c], of R rows of C, as `turn` writes it.
template <class T>
laws::finding turned(const char* arch, std::size_t R, std::size_t C, bool foreign, void (*turn)(const T* x, T* y)) {
  laws::finding found;
  laws::memory<T> x(1, R * C, T(0)), y(1, 2 * room + R * C, T(77));
  laws::noise<T> value(5);
  value.fill(x);
  if (foreign) x.data()[R * C / 2] = std::numeric_limits<T>::denorm_min();
  laws::memory<T> wanted(y);
  turn(x.data(), y.data() + room);
  for (std::size_t r = 0; r < R; ++r)
    for (std::size_t c = 0; c < C; ++c) {
      const T number = x.data()[r * C + c];
      wanted.data()[room + c * R + r] = foreign && std::fpclassify(number) == FP_SUBNORMAL ? T(0) : number;
    }
  for (std::size_t i = 0; i < 2 * room + R * C; ++i)
    if (y.data()[i] != wanted.data()[i]) found += laws::say("number ", i, " is ", y.data()[i], ", wanted ", wanted.data()[i], "; ");
  return found.empty() ? found : laws::say(arch, ", ", sizeof(T) * 8, " bits, ", R, " rows of ", C, ": ", found);
}

template <class T, class Arch, std::size_t R, std::size_t C, bool foreign>
laws::finding turns() {
  return turned<T>(Arch::name(), R, C, foreign, [](const T* x, T* y) { kernel::turn_numbers<R, C, foreign, Arch>(x, y); });
}

TEMPLATE_TEST_CASE("channels become positions, whatever their numbers, and nothing else is touched", "", float, double) {
  laws::for_each_arch([]<class Arch>() {
    const auto with_columns = []<std::size_t C>(std::integral_constant<std::size_t, C>) {
      CHECK(turns<TestType, Arch, 1, C, true>() + turns<TestType, Arch, 2, C, true>() + turns<TestType, Arch, 3, C, false>() +
                turns<TestType, Arch, 4, C, true>() + turns<TestType, Arch, 7, C, false>() + turns<TestType, Arch, 8, C, true>() +
                turns<TestType, Arch, 17, C, true>() ==
            "");
    };
    with_columns(std::integral_constant<std::size_t, 2>{});
    with_columns(std::integral_constant<std::size_t, 5>{});
    with_columns(std::integral_constant<std::size_t, 8>{});
    with_columns(std::integral_constant<std::size_t, 19>{});
  });
}

TEMPLATE_TEST_CASE("a function of one number is that of a register's", "", float, double) {
  const auto root = [](auto x) {
    using math::square_root;
    return square_root(x) + decltype(x)(TestType(1));
  };
  for (const TestType x : {TestType(0), TestType(2), TestType(1e30)}) CHECK(kernel::of_one(root, x) == std::sqrt(x) + TestType(1));
  static_assert(kernel::of_one([](auto x) { return x + x; }, TestType(3)) == TestType(6));
}

} // namespace
