#include "laws/all.hpp"

#include <inlay/inlay.hpp>

using namespace inlay;

TEST_CASE("rnn layers keep the laws") {
  CHECK(laws::toy_broken<network<sequence<3, 1>, rnn<2>, dense<1>>>() == "");
  CHECK(laws::broken<network<sequence<4, 3>, rnn<5, relu>, dense<2>>>() == "");
  CHECK(laws::broken<basic_network<double, sequence<2, 2, 3>, rnn<1>, rnn<17>, flatten, dense<2>>>() == "");
  CHECK(laws::broken<network<sequence<7, 1>, rnn<8>>>() == "");
}
