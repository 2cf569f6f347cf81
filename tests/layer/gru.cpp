#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("gru layers keep the laws") {
  CHECK(laws::toy_broken<network<sequence<3, 1>, gru<2>, dense<1>>>() == "");
  CHECK(laws::broken<network<sequence<4, 3>, gru<5>, dense<2>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<2, 2>, gru<1>, gru<17>, last_step, dense<2>>>() == "");
  CHECK(laws::broken<network<sequence<7, 1>, gru<8>>>() == "");
}
