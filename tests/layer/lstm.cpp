#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("lstm layers keep the laws") {
  CHECK(laws::toy_broken<network<sequence<2, 1>, lstm<2>>>() == "");
  CHECK(laws::broken<network<sequence<4, 3>, lstm<5>, dense<2>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<2, 2>, lstm<1>, lstm<17>, last_step, dense<2>>>() == "");
  CHECK(laws::broken<network<sequence<7, 1>, lstm<8>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<3, 5>, dense<4, inlay::tanh>, lstm<33>, mean_of_steps>>() == "");
}
