#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("delay layers keep the laws") {
  CHECK(laws::toy_broken<network<sequence<3, 2>, delay<2>, dense<1>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<5, 3>, dense<2, inlay::tanh>, delay<3>, dense<2>>>() == "");
  CHECK(laws::broken<network<sequence<2, 5>, delay<4>>>() == "");
  CHECK(laws::broken<network<sequence<4, 3>, delay<1>, dense<1>>>() == "");
}

TEST_CASE("a delay has the last steps side by side, the oldest first") {
  constexpr network<sequence<3, 2>, delay<2>> net{};
  static_assert(net(std::array{1.f, 2.f, 3.f, 4.f, 5.f, 6.f}) ==
                std::array{0.f, 0.f, 1.f, 2.f, 1.f, 2.f, 3.f, 4.f, 3.f, 4.f, 5.f, 6.f});
  stream<network<sequence<3, 2>, delay<2>>> steps{};
  CHECK(steps(net, std::array{1.f, 2.f}) == std::array{0.f, 0.f, 1.f, 2.f});
  CHECK(steps(net, std::array{3.f, 4.f}) == std::array{1.f, 2.f, 3.f, 4.f});
}
