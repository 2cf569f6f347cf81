#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("mean_of_steps layers keep the laws") {
  CHECK(laws::toy_broken<network<sequence<3, 2>, mean_of_steps, dense<1>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<5, 3, 2>, mean_of_steps, dense<2>>>() == "");
}
