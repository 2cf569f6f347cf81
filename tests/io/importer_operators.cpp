// What the importer makes of each operator that it knows, in all of its forms. import_model holds the layers to the
// interpreter itself, which importer_cases.cpp holds to ONNX.
#include "onnx_maker.hpp"

#include "inlay/io/detail/text.hpp"

namespace {

void set(NodeProto* of, const char* name, float value) {
  auto* into = add_attribute(of, name);
  into->set_type(AttributeProto::FLOAT);
  into->set_f(value);
}

/// The layers, as "dense<3> relu".
std::string layers(const maker& of) {
  std::string text;
  for (const auto& layer : import_bytes(of.bytes()).net.layers) {
    const bool linear = layer.is_a("dense");
    text += (text.empty() ? "" : ", ") + (linear ? "dense<" + std::to_string(layer.output[0]) + "> " : "") +
            layer.activation.name;
    if (layer.activation.parameter != 0)
      text += " " + io::detail::text_of(static_cast<float>(layer.activation.parameter));
  }
  return text;
}

} // namespace

TEST_CASE("Gemm, with every alpha, beta, transposition and form of C, the model's input on either side") {
  for (const bool left : {true, false})
    for (const int transpose_a : {0, 1})
      for (const int transpose_b : {0, 1})
        for (const std::vector<int>& c : std::vector<std::vector<int>>{{}, {1}, {3}, {1, 3}, {3, 1}, {1, 1}}) {
          if (c.size() == 2 && (left ? c[0] : c[1]) != 1)
            continue; // a bias of its own for each sample
          if (c.size() == 1 && c[0] == 3 && !left)
            continue;
          CAPTURE(left, transpose_a, transpose_b, c);
          maker of;
          // x is [n, 4]. Where its transposition is wanted, so that Gemm's own transposition undoes it:
          const bool turned = left ? transpose_a == 1 : transpose_b == 0;
          of.constant("w", (left ? transpose_b == 0 : transpose_a == 1) ? std::vector{4, 3} : std::vector{3, 4});
          of.constant("c", c);
          const char* x = "x";
          if (turned)
            of.node("Transpose", {"x"}, "t"), x = "t";
          auto* gemm = of.node("Gemm", left ? std::vector{x, "w", "c"} : std::vector{"w", x, "c"}, left ? "y" : "s");
          set(gemm, "transA", std::int64_t{transpose_a});
          set(gemm, "transB", std::int64_t{transpose_b});
          set(gemm, "alpha", -0.5f);
          set(gemm, "beta", 3.0f);
          if (!left)
            of.node("Transpose", {"s"}, "y");
          CHECK(layers(of) == "dense<3> identity");
        }
}

TEST_CASE("MatMul and Add in either order, a bias that is scalar, row or missing") {
  for (const bool swapped : {false, true})
    for (const std::vector<int>& bias : std::vector<std::vector<int>>{{}, {1}, {3}, {1, 3}}) {
      CAPTURE(swapped, bias);
      maker of;
      of.constant("w", {4, 3});
      of.constant("b", bias);
      of.node("MatMul", {"x", "w"}, "m");
      of.node("Add", swapped ? std::vector{"b", "m"} : std::vector{"m", "b"}, "s");
      of.node("Tanh", {"s"}, "y");
      CHECK(layers(of) == "dense<3> tanh");
    }
  maker of;
  of.constant("w", {4, 3});
  of.node("MatMul", {"x", "w"}, "y");
  CHECK(layers(of) == "dense<3> identity");
}

TEST_CASE("every activation by its operator") {
  const struct {
    const char* op;
    std::vector<std::pair<const char*, float>> attributes;
    int opset;
    const char* name;
  } cases[] = {{"Relu", {}, 9, "relu"},
               {"LeakyRelu", {}, 9, "leaky_relu 0.01"},
               {"LeakyRelu", {{"alpha", 0.3f}}, 16, "leaky_relu 0.3"},
               {"Elu", {}, 9, "elu 1"},
               {"Elu", {{"alpha", 0.5f}}, 9, "elu 0.5"},
               {"Celu", {{"alpha", 0.5f}}, 12, "celu 0.5"},
               {"Selu", {}, 9, "selu"},
               {"Sigmoid", {}, 9, "sigmoid"},
               {"Tanh", {}, 9, "tanh"},
               {"Softplus", {}, 9, "softplus"},
               {"Softsign", {}, 9, "softsign"},
               {"Mish", {}, 18, "mish"},
               {"HardSwish", {}, 14, "hard_swish"},
               {"Gelu", {}, 20, "gelu"},
               {"Softmax", {}, 9, "softmax"},
               {"Softmax", {}, 13, "softmax"},
               {"LogSoftmax", {}, 9, "log_softmax"},
               {"LogSoftmax", {}, 21, "log_softmax"}};
  for (const auto& [op, attributes, opset, name] : cases) {
    CAPTURE(op, opset);
    maker of;
    of.model.mutable_opset_import(0)->set_version(opset);
    of.constant("w", {4, 3});
    of.constant("b", {3});
    of.node("Gemm", {"x", "w", "b"}, "z");
    auto* sigma = of.node(op, {"z"}, "y");
    for (const auto& [attribute, value] : attributes)
      set(sigma, attribute, value);
    CHECK(layers(of) == std::string("dense<3> ") + name);
  }
  maker of; // a slope of 1/6 needs no layer of its own, another one is folded into the weights
  of.constant("w", {4, 3});
  of.node("MatMul", {"x", "w"}, "z");
  of.node("HardSigmoid", {"z"}, "y");
  CHECK(layers(of) == "dense<3> hard_sigmoid");
}

TEST_CASE("what changes nothing leaves no layer") {
  maker of;
  of.constant("w", {4, 3});
  of.integers("shape", {0, -1});
  of.node("Identity", {"x"}, "a");
  of.node("Dropout", {"a"}, "b");
  set(of.node("Cast", {"b"}, "c"), "to", std::int64_t{TensorProto::DOUBLE});
  set(of.node("Flatten", {"c"}, "d"), "axis", std::int64_t{1});
  of.node("Reshape", {"d", "shape"}, "e");
  of.node("MatMul", {"e", "w"}, "f");
  of.node("Identity", {"f"}, "y");
  CHECK(layers(of) == "dense<3> identity");
}

TEST_CASE("constant Sub, Div, Mul and Add are folded into the neighbouring layer, before it and behind it") {
  for (const char* op : {"Sub", "Div", "Mul", "Add"})
    for (const bool before : {true, false}) {
      CAPTURE(op, before);
      maker of;
      of.constant("w", {4, 3});
      of.constant("b", {3});
      of.constant("c", {before ? 4 : 3}, 2);
      if (before)
        of.node(op, {"x", "c"}, "s");
      of.node("Gemm", {before ? "s" : "x", "w", "b"}, "z");
      if (!before)
        of.node(op, {"z", "c"}, "s");
      of.node("Relu", {before ? "z" : "s"}, "y");
      CHECK(layers(of) == "dense<3> relu");
    }
}
