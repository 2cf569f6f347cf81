// Rows of ours and of the caller's into each other, and one number alone.
#include "laws/kernel.hpp"

#include <cmath>
#include <limits>

namespace {

using namespace inlay;

constexpr std::size_t samples = 3, room = 16; // numbers before and behind that nobody may touch

/// x as the reference copies, or adds, it to y; SIMD must write the same bits, and none elsewhere.
template <class T, class Arch, std::size_t N, class X, class Y>
laws::finding agrees(const char* what) {
  laws::finding found;
  const T untouched = T(77);
  const std::size_t size = 2 * room + samples * padded<T>(N);
  const auto zero_as = [](std::size_t s, std::size_t i) { return (s + i) % 5 == 0; };
  laws::memory<T> from(1, size, std::numeric_limits<T>::quiet_NaN()), to(1, size, untouched);
  laws::noise<T> value(3);
  for (std::size_t s = 0; s < samples; ++s)
    for (std::size_t i = 0; i < N; ++i) {
      from.data()[room + s * X::stride + i] = X::foreign && zero_as(s, i) ? std::numeric_limits<T>::denorm_min() : value();
      to.data()[room + s * Y::stride + i] = value();
    }
  laws::memory<T> wanted(to), sum(to), wanted_sum(to);
  const auto rows_at = []<class Rows>(auto* data) {
    if constexpr (requires { Rows{{data, samples}}; }) return Rows{{data, samples}};
    else return Rows{data, samples};
  };
  const auto x = rows_at.template operator()<X>(static_cast<const T*>(from.data()) + room);
  kernel::copy_rows<Arch>(x, rows_at.template operator()<Y>(to.data() + room));
  kernel::reference::copy_rows(x, rows_at.template operator()<Y>(wanted.data() + room));
  kernel::add_rows<Arch>(x, rows_at.template operator()<Y>(sum.data() + room));
  kernel::reference::add_rows(x, rows_at.template operator()<Y>(wanted_sum.data() + room));
  for (std::size_t i = 0; i < size; ++i) {
    if (to.data()[i] != wanted.data()[i]) found += laws::say("number ", i, " is ", to.data()[i], ", wanted ", wanted.data()[i], "; ");
    const bool padding = i >= room && (i - room) % Y::stride >= N;
    if (sum.data()[i] != wanted_sum.data()[i] && !padding) found += laws::say("sum ", i, " is ", sum.data()[i], ", wanted ", wanted_sum.data()[i], "; ");
  }
  return found.empty() ? found : laws::say(Arch::name(), ", ", sizeof(T) * 8, " bits, rows of ", N, ", ", what, ": ", found);
}

template <class T, class Arch, std::size_t N>
laws::finding each_kind() {
  using ours = rows<const T, samples, N, padded<T>(N)>;
  using callers = foreign_rows<const T, samples, N>;
  using to_ours = rows<T, samples, N, padded<T>(N)>;
  using to_caller = rows<T, samples, N, N>;
  using to_part = placed_rows<T, samples, N, padded<T>(N)>;
  return agrees<T, Arch, N, ours, to_ours>("ours to ours") + agrees<T, Arch, N, ours, to_caller>("ours to the caller's") +
         agrees<T, Arch, N, callers, to_ours>("the caller's to ours") + agrees<T, Arch, N, callers, to_caller>("the caller's to the caller's") +
         agrees<T, Arch, N, callers, to_part>("the caller's to a part of ours");
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

template <class T, class Arch, std::size_t R, std::size_t C, bool foreign>
laws::finding turns() {
  laws::finding found;
  laws::memory<T> x(1, R * C, T(0)), y(1, 2 * room + R * C, T(77));
  laws::noise<T> value(5);
  value.fill(x);
  if (foreign) x.data()[R * C / 2] = std::numeric_limits<T>::denorm_min();
  laws::memory<T> wanted(y);
  kernel::turn_numbers<R, C, foreign, Arch>(x.data(), y.data() + room);
  for (std::size_t r = 0; r < R; ++r)
    for (std::size_t c = 0; c < C; ++c) {
      const T number = x.data()[r * C + c];
      wanted.data()[room + c * R + r] = foreign && std::fpclassify(number) == FP_SUBNORMAL ? T(0) : number;
    }
  for (std::size_t i = 0; i < 2 * room + R * C; ++i)
    if (y.data()[i] != wanted.data()[i]) found += laws::say("number ", i, " is ", y.data()[i], ", wanted ", wanted.data()[i], "; ");
  return found.empty() ? found : laws::say(Arch::name(), ", ", sizeof(T) * 8, " bits, ", R, " rows of ", C, ": ", found);
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
