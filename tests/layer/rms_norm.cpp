#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("rms_norm layers keep the laws: first, in the middle and last, over images") {
  CHECK(laws::toy_broken<network<input<3>, rms_norm<>, dense<2>>>() == "");
  CHECK(laws::toy_broken<basic_network<double, input<2, 3>, rms_norm<std::ratio<1, 100000>>>>() == "");
  CHECK(laws::broken<network<input<5>, dense<19>, rms_norm<>, dense<7, inlay::tanh>, rms_norm<>>>() == "");
  CHECK(laws::broken<basic_network<double, input<3, 5, 4>, conv2d<5, 2, 2>, rms_norm<>, dense<2>>>() == "");
}

TEST_CASE("rms_norm is torch.nn.RMSNorm") {
  // torch.nn.functional.rms_norm(torch.tensor([3., 4.], dtype=torch.double), [2], eps=1e-5)
  basic_network<double, input<2>, rms_norm<std::ratio<1, 100000>>> net{};
  initialize(net, 1);
  CHECK(net({3., 4.})[0] == Approx(3 / std::sqrt(12.5 + 1e-5)).epsilon(1e-14));
}
