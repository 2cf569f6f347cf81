#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("flatten layers keep the laws") {
  CHECK(laws::toy_broken<network<sequence<3, 2>, flatten, dense<1>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<5, 3, 2>, conv1d<4, 1>, flatten, dense<2>>>() == "");
  CHECK(laws::broken<network<input<3, 5>, conv1d<4, 2>, parallel<concat, branch<flatten>, branch<dense<3>>>, dense<2>>>() == "");
  CHECK(laws::broken<basic_network<double, input<2, 3, 4>, flatten>>() == "");
}
