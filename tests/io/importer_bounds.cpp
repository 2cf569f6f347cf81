// Functions that are an activation of inlay's with something folded into its neighbours: clamps, one bound, softplus
// and silu with a beta. import_model holds the layers to the interpreter; here they are held to the formula too.
#include "onnx_maker.hpp"

#include "inlay/io/detail/evaluate_steps.hpp"

#include <cfloat>
#include <cmath>
#include <functional>

namespace {

const double infinite = HUGE_VAL;

/// MatMul, the function, MatMul: what the layers compute of some inputs against f between the same products.
template <class F>
void check(const maker& of, const char* activation, F f) {
  const auto imported = import_bytes(of.bytes());
  REQUIRE(imported.net.layers.size() == 2);
  CHECK(imported.net.layers[0].activation.name == activation);
  for (const double size : {0.01, 1.0, 30.0, 3000.0}) {
    const std::vector<double> x{size, -0.3 * size, 0.7 * size, -size};
    double wanted = 0;
    for (int j = 0; j < 3; ++j) {
      double z = 0;
      for (int i = 0; i < 4; ++i)
        z += static_cast<double>(-0.6f + 0.1f * static_cast<float>(3 * i + j)) * x[static_cast<std::size_t>(i)];
      wanted += f(z, j) * static_cast<double>(0.5f + 0.1f * static_cast<float>(j));
    }
    CAPTURE(activation, size);
    CHECK(io::detail::evaluate(imported.net, x)[0] == Approx(wanted).epsilon(1e-6).margin(1e-6));
  }
}

maker with(const std::function<void(maker&)>& function) {
  maker of;
  of.constant("w", {4, 3}, -0.6f);
  of.constant("v", {3, 1}, 0.5f);
  of.node("MatMul", {"x", "w"}, "z");
  function(of);
  of.node("MatMul", {"a", "v"}, "y");
  return of;
}

} // namespace

TEST_CASE("a Clip with whatever bounds is a clamp, relu with a shift, or nothing") {
  const double most = static_cast<double>(FLT_MAX);
  const struct {
    double low, high;
    const char* activation;
  } cases[] = {{-1, 1, "hard_tanh"},
               {-100, 100, "hard_tanh"},
               {-2, 5, "hard_tanh"},
               {0, 1, "hard_sigmoid"},
               {0, 6, "hard_tanh"},
               {0, most, "relu"},
               {0, 1e30, "relu"},
               {0, infinite, "relu"},
               {-most, 0, "relu"},
               {-5, most, "relu"},
               {-5, infinite, "relu"},
               {-5, 1e30, "relu"},
               {2.5, infinite, "relu"},
               {-most, 3, "relu"},
               {-infinite, 3, "relu"},
               {-1e30, -3, "relu"},
               {-1e30, 1e30, "identity"},
               {-most, most, "identity"},
               {-infinite, infinite, "identity"}};
  for (const auto& one : cases)
    for (const int opset : {9, 13}) {
      const double low = one.low, high = one.high; // clang 14 does not capture structured bindings
      const char* activation = one.activation;
      CAPTURE(low, high, opset);
      if (std::abs(low) == infinite && std::abs(high) == infinite && opset == 9)
        continue;
      const auto of = with([&](maker& made) {
        made.model.mutable_opset_import(0)->set_version(opset);
        const bool below = std::abs(low) != infinite, above = std::abs(high) != infinite;
        if (opset == 9) {
          auto* clip = made.node("Clip", {"z"}, "a");
          for (const auto& [name, bound, there] : {std::tuple("min", low, below), std::tuple("max", high, above)})
            if (there) {
              auto* attribute = add_attribute(clip, name);
              attribute->set_type(AttributeProto::FLOAT);
              attribute->set_f(static_cast<float>(bound));
            }
        } else {
          made.constant("low", {}, static_cast<float>(low));
          made.constant("high", {}, static_cast<float>(high));
          made.node("Clip", {"z", below ? "low" : "", above ? "high" : ""}, "a");
        }
      });
      if (std::string(activation) == "identity") { // two products in a row
        CHECK(import_bytes(of.bytes()).net.layers.at(0).activation.name == "identity");
        continue;
      }
      check(of, activation, [&](double z, int) { return std::min(std::max(z, low), high); });
    }
}

TEST_CASE("the larger or smaller of a value and a constant is relu with a shift, in any formula") {
  for (const float c : {0.0f, -3.5f, 7.0f, 900.0f}) {
    CAPTURE(c);
    const auto larger = [&](double z, int) { return std::max(z, static_cast<double>(c)); };
    const auto smaller = [&](double z, int) { return std::min(z, static_cast<double>(c)); };
    for (const bool first : {true, false}) {
      const auto of = [&](const char* op) {
        return with([&](maker& made) {
          made.constant("c", {}, c);
          made.node(op, first ? std::vector{"z", "c"} : std::vector{"c", "z"}, "a");
        });
      };
      check(of("Max"), "relu", larger);
      check(of("Min"), "relu", smaller);
    }
    check(with([&](maker& made) {
            made.constant("c", {}, c);
            made.node("Greater", {"z", "c"}, "g");
            made.node("Where", {"g", "z", "c"}, "a");
          }),
          "relu", larger);
    // 3 - 2 max(z, c), a slope that falls
    check(with([&](maker& made) {
            made.constant("c", {}, c);
            made.constant("two", {}, 2);
            made.constant("three", {}, 3);
            made.node("Max", {"z", "c"}, "m");
            made.node("Mul", {"m", "two"}, "n");
            made.node("Sub", {"three", "n"}, "a");
          }),
          "relu", [&](double z, int j) { return 3 - 2 * larger(z, j); });
  }
}

TEST_CASE("a bound of its own for each feature") {
  for (const char* op : {"Max", "Min"}) {
    CAPTURE(op);
    check(with([&](maker& made) {
            made.constant("c", {3}, -0.4f);
            made.node(op, {"c", "z"}, "a");
          }),
          "relu", [&](double z, int j) {
            const auto bound = static_cast<double>(-0.4f + 0.1f * static_cast<float>(j));
            return *op == 'M' && op[1] == 'a' ? std::max(z, bound) : std::min(z, bound);
          });
  }
}

TEST_CASE("a relu that is scaled afterwards needs no layer before it") {
  maker of; // at the input, where there is nothing to fold a factor into
  of.reshape_input({-1, 100});
  of.constant("two", {}, 2);
  of.constant("w", {100, 1}, 0.5f);
  of.node("Relu", {"x"}, "r");
  of.node("Mul", {"r", "two"}, "m");
  of.node("MatMul", {"m", "w"}, "y");
  CHECK(import_bytes(of.bytes()).net.layers.size() == 2);
}

TEST_CASE("a clamp that float would spoil is refused in words") {
  const auto clip = [](float low, float high) {
    return with([&](maker& made) {
      made.constant("low", {}, low);
      made.constant("high", {}, high);
      made.node("Clip", {"z", "low", "high"}, "a");
    });
  };
  CHECK(refusal(clip(-5, 1e6f)) ==
        "m: node 'Clip_a' (Clip): expected a function that inlay computes as exactly as a float can, found a clamp to "
        "-5..1e+06, which as hard_tanh or relu with a shift loses the digits of what is near zero (bounds around zero, "
        "or one "
        "below 1000, would do)");
  CHECK(contains(refusal(clip(-20000, FLT_MAX)), "found a clamp to -20000..inf, which as hard_tanh or relu"));
  CHECK(refusal(clip(-20000, 20000)) == "accepted");
  CHECK(contains(refusal(with([&](maker& made) {
                   made.constant("c", {3}, 5000);
                   made.node("Min", {"z", "c"}, "a");
                 })),
                 "expected bounds up to 1000"));
}

TEST_CASE("softplus and silu with a beta, as PyTorch's exporters write them") {
  for (const float beta : {0.5f, 1.0f, 2.0f, 10.0f}) {
    CAPTURE(beta);
    const auto b = static_cast<double>(beta);
    const auto softplus = [&](double z, int) { return b * z > 30 ? z : std::log1p(std::exp(b * z)) / b; };
    check(with([&](maker& made) { // torch.onnx.export
            made.constant("b", {}, beta);
            made.node("Mul", {"z", "b"}, "m");
            made.node("Softplus", {"m"}, "s");
            made.node("Div", {"s", "b"}, "a");
          }),
          "softplus", softplus);
    check(with([&](maker& made) { // with dynamo=True: linear beyond a threshold
            made.constant("b", {}, beta);
            made.constant("t", {}, 20);
            made.constant("one", {}, 1);
            made.node("Mul", {"z", "b"}, "m");
            made.node("Exp", {"m"}, "e");
            made.node("Add", {"e", "one"}, "p");
            made.node("Log", {"p"}, "l");
            made.node("Div", {"l", "b"}, "s");
            made.node("Greater", {"m", "t"}, "g");
            made.node("Where", {"g", "z", "s"}, "a");
          }),
          "softplus", softplus);
    check(with([&](maker& made) { // the same with the operator, and constants of the input's type
            made.constant("b", {}, beta);
            made.constant("t", {}, 20);
            made.node("CastLike", {"b", "z"}, "c");
            made.node("Mul", {"z", "c"}, "m");
            made.node("Softplus", {"m"}, "p");
            made.node("Div", {"p", "c"}, "s");
            made.node("Greater", {"m", "t"}, "g");
            made.node("Where", {"g", "z", "s"}, "a");
          }),
          "softplus", softplus);
    check(with([&](maker& made) { // x sigmoid(1.702 x), say
            made.constant("b", {}, beta);
            made.node("Mul", {"z", "b"}, "m");
            made.node("Sigmoid", {"m"}, "s");
            made.node("Mul", {"z", "s"}, "a");
          }),
          "silu", [&](double z, int) { return z / (1 + std::exp(-b * z)); });
  }
}
