#include "laws/all.hpp"

#include <inlay/inlay.hpp>

#include <concepts>

using namespace inlay;

namespace {
using plain = network<input<2, 9>, conv1d<3, 4>, dense<2>>;
using checked = network<input<2, 9>, expect<shape<2, 9>>, conv1d<3, 4>, expect<shape<3, 6>>, dense<2>, expect<shape<2>>>;
} // namespace

TEST_CASE("expect costs nothing and has no index") {
  static_assert(sizeof(plain) == sizeof(checked));
  static_assert(checked::depth == 2 && checked::parameter_count == plain::parameter_count);
  static_assert(std::same_as<checked::topology::layer<2>, plain::topology::layer<2>>);
  static_assert(std::same_as<checked::topology::stack, plain::topology::stack>); // all that a net does comes from here
  plain without{};
  checked with{};
  initialize(without, 1);
  initialize(with, 1);
  const auto x = laws::noise_array<float, 18>(2);
  CHECK(with(x) == without(x));
}
