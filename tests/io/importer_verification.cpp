// The samples that a model is verified with reach its parameters.
#include "onnx_maker.hpp"

#include "inlay/io/detail/evaluate_steps.hpp"
#include "inlay/io/detail/noticed.hpp"

#include <cmath>

namespace {

/// Whether a verification tells the net from one with other parameters, of which it computes y.
bool notices(const imported_model& model, const io::detail::net_description& other) {
  for (std::size_t s = 0; s < model.x.size(); ++s) {
    const auto y = io::detail::evaluate(other, model.x[s]);
    for (std::size_t o = 0; o < y.size(); ++o)
      if (std::abs(y[o] - model.y[s][o]) > model.tolerance[s][o])
        return true;
  }
  return false;
}

/// How many parameters may be off by 1 %, one at a time.
std::size_t unnoticed(const imported_model& model) {
  auto other = model.net;
  std::size_t count = 0;
  io::detail::for_each_parameter(other.layers, [&](auto& tensor) {
    for (double& value : tensor.values) {
      const double right = value;
      value = right == 0 ? 0.01 : 1.01 * right;
      count += !notices(model, other);
      value = right;
    }
  });
  return count;
}

/// x -> Gemm with biases -> `function` -> Gemm, the weights of both signs.
maker hidden_units(const char* function, const std::vector<float>& biases) {
  maker of;
  const int units = static_cast<int>(biases.size());
  auto* w = of.constant("w", {4, units});
  for (int i = 0; i < 4 * units; ++i)
    w->set_float_data(i, static_cast<float>((i * 7) % 11 - 5) / 4 + 0.1f);
  auto* b = of.constant("b", {units});
  for (int i = 0; i < units; ++i)
    b->set_float_data(i, biases[static_cast<std::size_t>(i)]);
  of.constant("v", {units, 2}, 0.3f);
  of.constant("c", {2});
  of.node("Gemm", {"x", "w", "b"}, "z");
  of.node(function, {"z"}, "a");
  of.node("Gemm", {"a", "v", "c"}, "y");
  return of;
}

} // namespace

TEST_CASE("units that small inputs leave at rest are reached") {
  for (const char* function : {"Relu", "Elu", "Sigmoid", "Tanh", "HardSwish"}) {
    CAPTURE(function);
    auto of = hidden_units(function, {0, -40, 40, -15, 25, -200});
    of.model.mutable_opset_import(0)->set_version(14); // of HardSwish
    const auto model = import_bytes(of.bytes(), {});
    CHECK(unnoticed(model) == 0);
    CHECK(io::detail::unnoticed_parameters(model.net, model.x, model.tolerance) == 0);
  }
}

TEST_CASE("channels that small inputs leave at rest are reached") {
  maker of;
  of.reshape_input({-1, 2, 6});
  of.constant("w", {3, 2, 3}, -0.95f);
  auto* b = of.constant("b", {3});
  b->set_float_data(1, -30), b->set_float_data(2, -90);
  of.constant("v", {1, 3, 4}, 0.2f);
  set(of.node("Conv", {"x", "w", "b"}, "z"), "kernel_shape", std::vector<std::int64_t>{3});
  of.node("Relu", {"z"}, "a");
  of.node("Conv", {"a", "v"}, "y");
  CHECK(unnoticed(import_bytes(of.bytes(), {})) == 0);
}

TEST_CASE("what no input reaches is counted") {
  auto of = hidden_units("Relu", {0, -1, 1});
  for (int i = 0; i < 4; ++i) // the second unit is relu(-1)
    of.model.mutable_graph()->mutable_initializer(0)->set_float_data(3 * i + 1, 0);
  const auto model = import_bytes(of.bytes(), {});
  CHECK(unnoticed(model) == 4 + 1 + 2);
  CHECK(io::detail::unnoticed_parameters(model.net, model.x, model.tolerance) == 4 + 1 + 2);
}

TEST_CASE("the samples are the same each time, as the net gets them") {
  const auto bytes = hidden_units("Relu", {0, -40, 40}).bytes();
  const auto model = import_bytes(bytes, {});
  CHECK(model.x == import_bytes(bytes, {}).x);
  CHECK(model.x.size() == model.y.size());
  CHECK(model.x.size() == model.tolerance.size());
  CHECK(model.x[0] == std::vector<double>(4, 0));
  for (const auto& sample : model.x)
    for (const double value : sample)
      CHECK(value == static_cast<double>(static_cast<float>(value)));
}
