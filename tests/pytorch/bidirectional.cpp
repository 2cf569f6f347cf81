#include "sequence.hpp"

TEMPLATE_TEST_CASE("bidirectional layers agree with PyTorch", "[pytorch]", float, double) {
  using namespace inlay;
  pytorch::sequence<TestType, inlay::sequence<4, 3>, bidirectional<lstm<5>>>("bidirectional lstm", 1);
  pytorch::sequence<TestType, inlay::sequence<7, 2>, bidirectional<gru<17>>, bidirectional<rnn<3>>, dense<2>>("bidirectional gru and rnn", 1);
}
