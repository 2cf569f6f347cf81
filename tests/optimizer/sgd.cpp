#include "optimizer/steps.hpp"

namespace {

template <class T>
using sgd = inlay::sgd<line<T>>;

} // namespace

static_assert(sgd<float>{}.options.learning_rate == 1e-3f); // torch.optim.SGD's, as of PyTorch 2
static_assert(sgd<float>{}.options.momentum == 0 && sgd<float>{}.options.weight_decay == 0);
static_assert(after(sgd<double>{{.learning_rate = 0.5}}, 3.0, 2, -4) == 4);
static_assert(after(sgd<float>{{.learning_rate = 0.5f, .momentum = 0.5f}}, 0.0f, 4, 4, 0) == -6.5f);

TEMPLATE_TEST_CASE("sgd without momentum is w - rate g", "[optimizer]", float, double) {
  using T = TestType;
  CHECK(after(sgd<T>{{.learning_rate = T(0.5)}}, T(3), 2, -4) == 4);
  CHECK(after(sgd<T>{{.learning_rate = T(0.5), .dampening = T(0.5)}}, T(3), 2) == 2); // of a momentum only
  sgd<T> optimizer{{.learning_rate = T(0.5)}};
  line<T> net{};
  optimizer.step(net, of(T(1)));
  CHECK(optimizer.momentum == line<T>{}); // not touched
}

TEMPLATE_TEST_CASE("sgd's first step sets the momentum to the gradient, whatever the dampening",
                   "[optimizer]", float, double) {
  using T = TestType;
  const inlay::sgd_options<T> options{.learning_rate = 1, .momentum = T(0.5), .dampening = T(0.75)};
  CHECK(after(sgd<T>{options}, T(0), 4) == -4);
  CHECK(after(sgd<T>{options}, T(0), 4, 4) == -4 - (2 + 1));
}

TEMPLATE_TEST_CASE("nesterov looks ahead by one step of the momentum", "[optimizer]", float, double) {
  using T = TestType;
  const inlay::sgd_options<T> options{.learning_rate = 1, .momentum = T(0.5), .nesterov = true};
  CHECK(after(sgd<T>{options}, T(0), 4) == -(4 + 2));
  CHECK(after(sgd<T>{options}, T(0), 4, 4) == -(4 + 2) - (4 + 3));
}

TEMPLATE_TEST_CASE("sgd's weight decay is part of the gradient", "[optimizer]", float, double) {
  using T = TestType;
  CHECK(after(sgd<T>{{.learning_rate = T(0.5), .weight_decay = T(0.25)}}, T(8), 0, 0) ==
        8 * T(0.875) * T(0.875));
  CHECK(after(sgd<T>{{.learning_rate = T(0.5), .momentum = T(0.5), .weight_decay = T(0.25)}}, T(8), 0, 0) ==
        7 - (T(0.5) + T(0.875)));
}

TEMPLATE_TEST_CASE("sgd leaves padding zero, and a net alone whose gradient is zero", "[optimizer]", float,
                   double) {
  check_edges<inlay::sgd, TestType>();
  sgd<TestType> optimizer{{.momentum = TestType(0.9)}};
  check_decay(optimizer, &sgd<TestType>::momentum);
}
