#include "catch.hpp"

#include <inlay/inlay.hpp>

#include <type_traits>

using namespace inlay;

namespace {
using net_t = network<input<1>, heads<branch<>, branch<dense<2>>, branch<>>>;
}

TEST_CASE("split gives spans into outputs that stay, to write to, and arrays of those that do not") {
  net_t net{};
  auto y = net({3});
  auto [a, b, c] = inlay::split<net_t>(y);
  static_assert(std::is_same_v<decltype(b), std::span<float, 2>>);
  CHECK(a[0] == 3.0f);
  b[1] = 7;
  CHECK(y == std::array{3.f, 0.f, 7.f, 3.f});
  const auto& same = y;
  CHECK(std::get<1>(inlay::split<net_t>(same))[1] == 7.0f);
  static_assert(std::is_same_v<decltype(inlay::split<net_t>(same)), std::tuple<std::span<const float, 1>, std::span<const float, 2>, std::span<const float, 1>>>);
  CHECK(std::get<2>(inlay::split<net_t>(std::span<const float, 4>(y))).data() == &y[3]);
  const auto [d, e, f] = inlay::split<net_t>(net({4}));
  static_assert(std::is_same_v<decltype(e), const std::array<float, 2>>);
  CHECK(d[0] + f[0] == 8.0f);
  static_assert(std::get<0>(inlay::split<net_t>(net_t{}({2})))[0] == 2.0f);
}
