// Norms as operators and as the formulas that exporters write, means of features, slopes of channels, paddings. That the layers
// compute what the graph does, import_model itself sees to.
#include "onnx_maker.hpp"

#include "inlay/io/detail/header_text.hpp"

namespace {

using io::detail::layer_description;

std::string layers(const maker& of) {
  try {
    std::string text;
    for (const auto& layer : import_bytes(of.bytes()).net.layers) {
      text += (text.empty() ? "" : ", ") + std::string(layer.is_a("activation") ? layer.activation.name : layer.is.name);
      if (layer.is_a("group_norm") || layer.is_a("dense"))
        text += " " + std::to_string(layer.is_a("dense") ? layer.output[0] : layer.number("groups"));
      if (layer.has_activation() && !layer.is_activation())
        text += " " + layer.activation.name;
    }
    return text;
  } catch (const io::error& refused) {
    return refused.what();
  }
}
void set(NodeProto* of, const char* name, float value) {
  auto* into = add_attribute(of, name);
  into->set_type(AttributeProto::FLOAT);
  into->set_f(value);
}

/// x -> (x - mean) / sqrt(variance + epsilon) -> y, over the last axis, as torch.onnx.export wrote it before opset 17.
void norm_formula(maker& of, const char* square, const char* root) {
  of.constant("two", {}, 2), of.constant("epsilon", {}, 1e-3f), of.constant("half", {}, 0.5f);
  const auto mean = [&](const char* x, const char* y) {
    ::set(of.node("ReduceMean", {x}, y), "axes", std::vector<std::int64_t>{-1});
  };
  mean("x", "m");
  of.node("Sub", {"x", "m"}, "d");
  if (std::string(square) == "Pow")
    of.node("Pow", {"d", "two"}, "q");
  else
    of.node("Mul", {"d", "d"}, "q");
  mean("q", "v");
  of.node("Add", {"v", "epsilon"}, "e");
  if (std::string(root) == "Pow")
    of.node("Pow", {"e", "half"}, "s");
  else
    of.node("Sqrt", {"e"}, "s");
  of.node("Div", {"d", "s"}, "n");
}

} // namespace

TEST_CASE("layer norm, as a formula and as an operator") {
  maker of;
  of.constant("w", {4}), of.constant("b", {4}, -0.2f);
  SECTION("a formula, with its scale and bias") {
    for (const char* square : {"Pow", "Mul"})
      for (const char* root : {"Pow", "Sqrt"}) {
        CAPTURE(square, root);
        maker one;
        one.constant("w", {4}), one.constant("b", {4}, -0.2f);
        norm_formula(one, square, root);
        one.node("Mul", {"n", "w"}, "g");
        one.node("Add", {"g", "b"}, "y");
        CHECK(layers(one) == "layer_norm");
        const auto net = import_bytes(one.bytes()).net;
        CHECK(net.layers[0].arguments.back().text == "std::ratio<1, 1000>");
        CHECK(net.layers[0].weights()[1] == Approx(0.6));
      }
  }
  SECTION("the operator, in the middle") {
    of.model.mutable_opset_import(0)->set_version(17);
    of.constant("m", {4, 4}, -0.7f), of.constant("k", {4, 2});
    of.node("MatMul", {"x", "m"}, "a");
    set(of.node("LayerNormalization", {"a", "w", "b"}, "n"), "epsilon", 1e-5f);
    of.node("Relu", {"n"}, "r");
    of.node("MatMul", {"r", "k"}, "y");
    CHECK(layers(of) == "dense 4, layer_norm, relu, dense 2");
  }
  SECTION("of each position by itself is a norm of groups") {
    of.model.mutable_opset_import(0)->set_version(17);
    of.reshape_input({-1, 3, 4});
    of.node("LayerNormalization", {"x", "w", "b"}, "y");
    CHECK(layers(of) == "group_norm 3, rescale");
  }
  SECTION("in a residual") {
    of.model.mutable_opset_import(0)->set_version(17);
    of.node("LayerNormalization", {"x", "w"}, "n");
    of.node("Add", {"n", "x"}, "y");
    CHECK(layers(of) == "residual");
  }
}

TEST_CASE("rms norm as a formula") {
  maker of;
  of.constant("two", {}, 2), of.constant("epsilon", {}, 1e-6f), of.constant("w", {4});
  of.node("Pow", {"x", "two"}, "q");
  ::set(of.node("ReduceMean", {"q"}, "v"), "axes", std::vector<std::int64_t>{-1});
  of.node("Add", {"v", "epsilon"}, "e");
  of.node("Sqrt", {"e"}, "s");
  of.node("Reciprocal", {"s"}, "r");
  of.node("Mul", {"x", "r"}, "n");
  of.node("Mul", {"n", "w"}, "y");
  CHECK(layers(of) == "rms_norm");
}

TEST_CASE("a group norm as PyTorch writes it, an instance norm of groups between two Reshapes") {
  for (const float scale : {1.f, 2.f}) {
    maker of;
    of.reshape_input({-1, 6, 3});
    of.integers("groups", {0, 2, -1}), of.integers("back", {-1, 6, 3});
    of.constant("w", {2}, scale), of.constant("b", {2}, 0), of.constant("weight", {6, 1}), of.constant("bias", {6, 1}, -0.2f);
    of.node("Reshape", {"x", "groups"}, "g");
    set(of.node("InstanceNormalization", {"g", "w", "b"}, "n"), "epsilon", 1e-5f);
    of.node("Reshape", {"n", "back"}, "r");
    of.node("Mul", {"r", "weight"}, "s");
    of.node("Add", {"s", "bias"}, "y");
    CHECK(layers(of) == "group_norm 2");
  }
}

TEST_CASE("norms of channels") {
  maker of;
  of.reshape_input({-1, 4, 3, 2});
  of.constant("one", {2}, 1), of.constant("zero", {2}, 0), of.constant("w", {4, 1, 1}), of.constant("b", {4, 1, 1}),
      of.constant("v", {4});
  of.model.mutable_graph()->mutable_initializer(0)->set_float_data(1, 1),
      of.model.mutable_graph()->mutable_initializer(1)->set_float_data(1, 0);
  SECTION("as PyTorch writes torch.nn.GroupNorm") {
    of.integers("groups", {0, 2, -1}), of.integers("back", {-1, 4, 3, 2});
    of.node("Reshape", {"x", "groups"}, "r");
    of.node("InstanceNormalization", {"r", "one", "zero"}, "i");
    of.node("Reshape", {"i", "back"}, "n");
    of.node("Mul", {"n", "w"}, "g");
    of.node("Add", {"g", "b"}, "y");
    CHECK(layers(of) == "group_norm 2");
  }
  SECTION("an instance norm") {
    of.node("InstanceNormalization", {"x", "v", "v"}, "y");
    CHECK(layers(of) == "group_norm 4");
  }
  SECTION("a batch norm without a linear layer beside it") {
    of.node("Relu", {"x"}, "r");
    of.node("BatchNormalization", {"r", "v", "v", "v", "v"}, "n");
    of.node("Tanh", {"n"}, "y");
    CHECK(layers(of) == "relu, batch_norm, tanh");
    const auto model = import_bytes(of.bytes());
    CHECK(contains(io::detail::header_text(
                       model.net, {.name = "m", .source = "s", .x = model.x, .y = model.y, .tolerance = model.tolerance})
                       .text,
                   "inlay::batch_norm<>"));
  }
  SECTION("slopes") {
    of.node("PRelu", {"x", "w"}, "y");
    CHECK(layers(of) == "prelu");
  }
}

TEST_CASE("a mean of features is linear, as in dueling heads") {
  maker of;
  of.constant("w", {4, 3}, -0.4f), of.constant("v", {4, 1});
  of.node("MatMul", {"x", "w"}, "a");
  const auto mean = [&](const char* x, const char* y) {
    ::set(of.node("ReduceMean", {x}, y), "axes", std::vector<std::int64_t>{1});
  };
  SECTION("taken away from its own") {
    mean("a", "m");
    of.node("Sub", {"a", "m"}, "y");
    CHECK(layers(of) == "dense 3");
  }
  SECTION("with a value added") {
    of.node("MatMul", {"x", "v"}, "value");
    of.node("Add", {"value", "a"}, "s");
    mean("a", "m");
    of.node("Sub", {"s", "m"}, "y");
    CHECK(layers(of) == "dense 3");
  }
  SECTION("alone") {
    mean("a", "y");
    CHECK(layers(of) == "dense 1");
  }
}

TEST_CASE("a Pad in front of a convolution or a pool is its padding, elsewhere zeros beside the features") {
  maker of;
  of.integers("pads", {0, 0, 1, 0, 0, 0, 0, 1}), of.constant("w", {2, 2, 2, 2});
  of.reshape_input({-1, 2, 3, 3});
  SECTION("a convolution") {
    of.node("Pad", {"x", "pads"}, "p");
    of.node("Conv", {"p", "w"}, "y");
    CHECK(layers(of) == "conv2d");
  }
  SECTION("an average, which counts the zeros") {
    of.node("Pad", {"x", "pads"}, "p");
    ::set(of.node("AveragePool", {"p"}, "y"), "kernel_shape", std::vector<std::int64_t>{2, 2});
    CHECK(layers(of) == "avg_pool2d");
  }
  SECTION("features") {
    of.reshape_input({-1, 4});
    of.integers("two", {0, 1, 0, 2}), of.constant("m", {7, 2});
    of.node("Pad", {"x", "two"}, "p");
    of.node("MatMul", {"p", "m"}, "y");
    CHECK(layers(of) == "dense 2");
  }
}
