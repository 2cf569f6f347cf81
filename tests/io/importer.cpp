// The importer's own parts: what it refuses and in which words, and ONNX's own test cases where they are
// installed.
#include "catch.hpp"

#include "evaluate.hpp"
#include "import.hpp"

#include "inlay/io/detail/file.hpp"
#include "inlay/io/error.hpp"

#include "onnx.pb.h"

#include <cmath>
#include <fstream>

namespace {

namespace io = inlay::io;
using namespace inlay::onnx;
using ::onnx::AttributeProto, ::onnx::ModelProto, ::onnx::NodeProto, ::onnx::TensorProto,
    ::onnx::ValueInfoProto;

/// x [n, 4] -> nodes -> y, with constants of the given shapes.
struct maker {
  ModelProto model;

  maker() {
    model.set_ir_version(8);
    model.add_opset_import()->set_version(13);
    port(model.mutable_graph()->add_input(), "x", {-1, 4});
    port(model.mutable_graph()->add_output(), "y", {});
  }
  static void port(ValueInfoProto* into, const char* name, std::vector<int> shape,
                   int type = TensorProto::FLOAT) {
    into->set_name(name);
    into->mutable_type()->mutable_tensor_type()->set_elem_type(type);
    for (const int extent : shape) {
      auto* dimension = into->mutable_type()->mutable_tensor_type()->mutable_shape()->add_dim();
      if (extent > 0)
        dimension->set_dim_value(extent);
      else
        dimension->set_dim_param("n");
    }
  }
  NodeProto* node(const char* op, std::vector<const char*> inputs, const char* output) {
    auto* into = model.mutable_graph()->add_node();
    into->set_op_type(op);
    into->set_name(std::string(op) + "_" + output);
    for (const char* input : inputs)
      into->add_input(input);
    into->add_output(output);
    return into;
  }
  TensorProto* constant(const char* name, std::vector<int> shape, float value = 0.5f) {
    auto* into = model.mutable_graph()->add_initializer();
    into->set_name(name);
    into->set_data_type(TensorProto::FLOAT);
    int size = 1;
    for (const int extent : shape)
      into->add_dims(extent), size *= extent;
    for (int i = 0; i < size; ++i)
      into->add_float_data(value + 0.1f * static_cast<float>(i));
    return into;
  }
  std::string bytes() const { return model.SerializeAsString(); }
};

AttributeProto* attribute(NodeProto* of, const char* name) {
  auto* into = of->add_attribute();
  into->set_name(name);
  return into;
}
void set(NodeProto* of, const char* name, std::int64_t value) {
  auto* into = attribute(of, name);
  into->set_type(AttributeProto::INT);
  into->set_i(value);
}
void set(NodeProto* of, const char* name, std::vector<std::int64_t> values) {
  auto* into = attribute(of, name);
  into->set_type(AttributeProto::INTS);
  for (const auto value : values)
    into->add_ints(value);
}

imported_model import_bytes(const std::string& bytes, const import_options& options = {}) {
  return import_model(parse_graph(std::as_bytes(std::span(bytes)), "m", "/nonexistent"), options);
}
std::string refusal(const maker& of, const import_options& options = {}) {
  try {
    import_bytes(of.bytes(), options);
  } catch (const io::error& refused) {
    return refused.what();
  }
  return "accepted";
}
bool contains(const std::string& text, const char* part) {
  CAPTURE(text, part);
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("what the importer does not understand is an error that names the node, the operator and what is "
          "needed") {
  SECTION("an operator") {
    maker of;
    of.node("LSTM", {"x"}, "y");
    CHECK(refusal(of) == "m: node 'LSTM_y' (LSTM): expected an operator of which a net of dense, conv1d and "
                         "activation layers is made, "
                         "found LSTM");
  }
  SECTION("a function that is no activation of inlay's") {
    maker of;
    of.node("Exp", {"x"}, "y");
    CHECK(contains(refusal(of), "m: node 'Exp_y' (Exp): expected an operator that dense, conv1d, activation "
                                "and residual layers are made of, "
                                "found a function that is none of inlay's activations (relu, "));
  }
  SECTION("an attribute") {
    maker of;
    set(of.node("Relu", {"x"}, "y"), "consumed_inputs", std::vector<std::int64_t>{0});
    CHECK(refusal(of) ==
          "m: node 'Relu_y' (Relu): expected no attribute but those of ONNX, found 'consumed_inputs'");
  }
  SECTION("an opset") {
    maker of;
    of.node("Relu", {"x"}, "y");
    of.model.mutable_opset_import(0)->set_version(22);
    CHECK(refusal(of) ==
          "m: opset_import: expected an opset up to 21, which exporters can be told to write, found 22");
    of.model.clear_opset_import();
    CHECK(contains(refusal(of), "found none"));
  }
  SECTION("a padded convolution") {
    maker of;
    of.constant("w", {2, 1, 3});
    of.constant("s", {3})->set_data_type(TensorProto::INT64);
    auto* shape = of.model.mutable_graph()->mutable_initializer(1);
    shape->clear_float_data();
    for (const int extent : {-1, 1, 4})
      shape->add_int64_data(extent);
    of.node("Reshape", {"x", "s"}, "r");
    set(of.node("Conv", {"r", "w"}, "y"), "pads", std::vector<std::int64_t>{1, 1});
    CHECK(refusal(of) == "m: node 'Conv_y' (Conv): expected a convolution without padding (conv1d is valid), "
                         "found pads [1, 1]");
    of.model.mutable_graph()->mutable_node(1)->clear_attribute();
    CHECK(refusal(of) == "accepted");
  }
  SECTION("a branch that is no residual") {
    maker of;
    of.constant("w", {4, 4});
    of.node("MatMul", {"x", "w"}, "a");
    of.node("MatMul", {"x", "w"}, "b");
    of.node("Add", {"a", "b"}, "y");
    CHECK(refusal(of) == "m: node 'MatMul_a' (MatMul): expected a chain of layers, an activation or a sum "
                         "with what went in (residual), "
                         "found 'x' used also by node 'MatMul_b' (MatMul), in a way that is none of these");
  }
  SECTION("two inputs, two outputs, none of floating point") {
    maker of;
    maker::port(of.model.mutable_graph()->add_input(), "z", {-1, 4});
    of.node("Add", {"x", "z"}, "y");
    CHECK(refusal(of) == "m: inputs: expected one, found 2: 'x', 'z'");
    maker two;
    maker::port(two.model.mutable_graph()->add_output(), "z", {});
    two.node("Relu", {"x"}, "y");
    two.node("Tanh", {"x"}, "z");
    CHECK(refusal(two) == "m: outputs: expected one of floating point, or OUTPUT with the name of the one "
                          "that is meant, found 'y', 'z'");
    CHECK(refusal(two, {.output = "z", .inputs = {}}) == "accepted");
    CHECK(refusal(two, {.output = "q", .inputs = {}}) ==
          "m: output 'q': expected a tensor of this name, found outputs 'y', 'z'");
    two.model.mutable_graph()->mutable_input(0)->mutable_type()->mutable_tensor_type()->set_elem_type(
        TensorProto::INT64);
    CHECK(contains(refusal(two, {.output = "z", .inputs = {}}),
                   "input 'x': expected a tensor of FLOAT or DOUBLE"));
  }
  SECTION("a dense layer along another axis") {
    maker of;
    of.model.mutable_graph()->mutable_input(0)->Clear();
    maker::port(of.model.mutable_graph()->mutable_input(0), "x", {-1, 3, 4});
    of.constant("w", {4, 2});
    of.node("MatMul", {"x", "w"}, "y");
    CHECK(contains(refusal(of), "(a dense layer along another axis is not of inlay's)"));
  }
  SECTION("softmax along another axis") {
    maker of;
    set(of.node("Softmax", {"x"}, "y"), "axis", std::int64_t{0});
    CHECK(
        contains(refusal(of),
                 "node 'Softmax_y' (Softmax): expected the axis of all features of a sample, found axis 0"));
  }
  SECTION("clamps far out are clamps, not the identity") {
    maker of;
    of.constant("low", {}, -1000);
    of.constant("high", {}, 1000);
    of.node("Clip", {"x", "low", "high"}, "y");
    const auto net = import_bytes(of.bytes()).net;
    CHECK(net.layers.at(0).activation.name == "hard_tanh");
  }
  SECTION("weights that are no numbers") {
    maker of;
    of.constant("w", {4, 2}, NAN);
    of.node("MatMul", {"x", "w"}, "y");
    CHECK(contains(refusal(of), "expected finite outputs, found output 0 infinite or NaN"));
  }
}

TEST_CASE("a damaged model is refused") {
  maker of;
  of.constant("w", {4, 2});
  of.node("MatMul", {"x", "w"}, "y");
  REQUIRE(refusal(of) == "accepted");

  SECTION("data and shape that differ") {
    of.model.mutable_graph()->mutable_initializer(0)->set_dims(0, 5);
    CHECK(refusal(of) == "m: initializer 'w': expected 10 elements for shape [5, 2], found 8");
  }
  SECTION("a shape that overflows") {
    of.model.mutable_graph()->mutable_initializer(0)->set_dims(0, std::int64_t{1} << 62);
    of.model.mutable_graph()->mutable_initializer(0)->set_dims(1, 8);
    CHECK(contains(
        refusal(of),
        "expected a shape of extents from 0 and at most 2^40 elements, found [4611686018427387904, 8]"));
  }
  SECTION("raw data cut short") {
    auto* w = of.model.mutable_graph()->mutable_initializer(0);
    w->clear_float_data();
    w->set_raw_data(std::string(31, '\0'));
    CHECK(refusal(of) == "m: initializer 'w': expected 32 bytes for shape [4, 2], found 31");
  }
  SECTION("external data elsewhere") {
    auto* w = of.model.mutable_graph()->mutable_initializer(0);
    w->set_data_location(TensorProto::EXTERNAL);
    auto* entry = w->add_external_data();
    entry->set_key("location");
    for (const char* location : {"../w", "/etc/passwd", ""}) {
      entry->set_value(location);
      CHECK(contains(refusal(of), "expected external data in a file beside the model"));
    }
  }
  SECTION("a name twice, a cycle, an unknown input, an output that nothing computes") {
    maker twice = of;
    *twice.model.mutable_graph()->add_initializer() = of.model.graph().initializer(0);
    CHECK(refusal(twice) == "m: initializer 'w': expected each name once, found this one twice");
    maker cycle = of;
    cycle.model.mutable_graph()->mutable_node(0)->set_input(0, "y");
    CHECK(
        refusal(cycle) ==
        "m: node 'MatMul_y' (MatMul): expected inputs that are computed before it, found 'y', which is not");
    maker nothing = of;
    nothing.model.mutable_graph()->clear_node();
    CHECK(refusal(nothing) == "m: output 'y': expected a node that computes it, found none");
  }
  SECTION("cut short, or with one bit turned: refused, or another model") {
    const std::string whole = of.bytes();
    for (std::size_t n = 0; n < whole.size(); ++n)
      try {
        import_bytes(whole.substr(0, n));
      } catch (const io::error&) {
      }
    for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      std::string turned = whole;
      turned[bit / 8] = static_cast<char>(turned[bit / 8] ^ 1 << bit % 8);
      try {
        import_bytes(turned);
      } catch (const io::error&) {
      }
    }
  }
  SECTION("an attribute nested 10 000 times") {
    std::string graph,
        size; // GraphProto.node.attribute.g, again and again, written by hand: protobuf would not
    for (int i = 0; i < 10000; ++i) {
      const auto wrapped = [](char tag, const std::string& inside) {
        std::string text(1, tag);
        for (std::size_t n = inside.size();; n >>= 7) {
          text += static_cast<char>((n & 127) | (n > 127 ? 128 : 0));
          if (n <= 127)
            return text + inside;
        }
      };
      graph = wrapped('\x0a', wrapped('\x2a', wrapped('\x32', graph)));
      if (graph.size() > 1 << 16)
        break;
    }
    std::string bytes = "\x3a";
    for (std::size_t n = graph.size();; n >>= 7) {
      bytes += static_cast<char>((n & 127) | (n > 127 ? 128 : 0));
      if (n <= 127)
        break;
    }
    CHECK_THROWS_AS(import_bytes(bytes + graph), io::error);
  }
}

// --- ONNX's own test data: https://packages.debian.org/libonnx-testdata
// --------------------------------------------------

namespace {

const std::filesystem::path test_data = "/usr/share/libonnx-testdata/data";

/// Runs the interpreter on a case, compares with its outputs; then imports it, its other inputs being
/// constants. Which of both were done.
std::pair<bool, bool> run_case(const std::filesystem::path& folder) {
  INFO(folder.string());
  const auto bytes = io::detail::read_file(folder / "model.onnx");
  ModelProto proto;
  REQUIRE(proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
  // What changed in later opsets is the types that operators take: Debian 13's cases of Elu say 22.
  for (auto& opset : *proto.mutable_opset_import())
    opset.set_version(std::min<std::int64_t>(opset.version(), 21));
  const std::string text = proto.SerializeAsString();
  graph model = parse_graph(std::as_bytes(std::span(text)), folder.string(), folder);
  std::map<std::string, tensor> values;
  for (std::size_t i = 0; i < model.inputs.size(); ++i)
    values[model.inputs[i].name] =
        load_tensor(folder / "test_data_set_0" / ("input_" + std::to_string(i) + ".pb"));
  const tensor expected = load_tensor(folder / "test_data_set_0" / "output_0.pb");
  const tensor computed = evaluate(model, values).at(model.outputs[0].name);
  REQUIRE(computed.shape == expected.shape);
  for (std::size_t i = 0; i < expected.size(); ++i)
    CHECK(std::abs(computed.values[i] - expected.values[i]) <=
          1e-5 * std::max(1.0, std::abs(expected.values[i])));

  while (model.inputs.size() > 1) {
    model.constants[model.inputs.back().name] = values.at(model.inputs.back().name);
    model.inputs.pop_back();
  }
  if (model.inputs.empty() || !model.inputs[0].floating)
    return {true, false};
  model.inputs[0].shape = values.at(model.inputs[0].name).shape;
  try { // import_model compares the layers with the interpreter, which has just been compared with ONNX
    const auto imported =
        import_model(model, {.output = model.outputs[0].name, .inputs = {values.at(model.inputs[0].name)}});
    for (std::size_t s = 0, i = 0; s < imported.y.size(); ++s)
      for (std::size_t o = 0; o < imported.y[s].size() && imported.y.size() == 1; ++o, ++i)
        CHECK(std::abs(imported.y[s][o] - expected.values[i]) <=
              1e-5 * std::max(1.0, std::abs(expected.values[i])));
    return {true, true};
  } catch (const io::error& refused) {
    return {true, false};
  }
}

} // namespace

TEST_CASE("ONNX's own cases of every operator that the importer knows") {
  if (!std::filesystem::exists(test_data)) {
    WARN("libonnx-testdata is not installed: not run");
    return;
  }
  // A model that only moves elements about is no net. Beginnings of the cases' names, and how many of each
  // must be computed, and imported, at least.
  const struct {
    const char* name;
    int computed, imported;
  } wanted[] = {{"node/test_relu", 1, 1},
                {"node/test_leakyrelu", 3, 3},
                {"node/test_elu", 3, 3},
                {"node/test_selu", 3, 1},
                {"node/test_sigmoid", 2, 2},
                {"node/test_tanh", 2, 2},
                {"node/test_softplus", 2, 2},
                {"node/test_softsign", 2, 2},
                {"node/test_hardsigmoid", 3, 3},
                {"node/test_hardswish", 1, 1},
                {"node/test_clip", 8, 2},
                {"node/test_erf", 1, 0},
                {"node/test_gemm", 11, 8},
                {"node/test_matmul", 3, 1},
                {"node/test_batchnorm_e", 2, 0},
                {"node/test_softmax", 6, 2},
                {"node/test_logsoftmax", 6, 2},
                {"node/test_flatten", 9, 0},
                {"node/test_reshape", 8, 0},
                {"node/test_identity", 1, 0},
                {"node/test_dropout", 2, 0},
                {"node/test_add", 2, 1},
                {"node/test_sub", 3, 1},
                {"node/test_mul", 3, 1},
                {"node/test_div", 3, 1},
                {"node/test_squeeze", 2, 0},
                {"node/test_unsqueeze", 6, 0},
                {"node/test_transpose", 7, 0},
                {"node/test_basic_conv", 2, 0},
                {"node/test_prelu", 2, 0},
                {"node/test_where", 2, 0},
                {"node/test_concat", 6, 0},
                {"node/test_gather_", 3, 0},
                {"node/test_shape", 6, 0},
                {"node/test_min", 5, 0},
                {"node/test_max_", 5, 0},
                {"node/test_pow", 4, 0},
                {"node/test_thresholdedrelu", 3, 0},
                {"pytorch-converted/test_Conv1d", 3, 3},
                {"pytorch-converted/test_Linear", 2, 2},
                {"pytorch-converted/test_ELU", 1, 1},
                {"pytorch-converted/test_ReLU", 1, 1},
                {"pytorch-converted/test_LeakyReLU", 2, 2},
                {"pytorch-converted/test_Softmax", 1, 1},
                {"pytorch-converted/test_LogSoftmax", 1, 1},
                {"pytorch-converted/test_PReLU_1d", 1, 1},
                {"pytorch-converted/test_SELU", 1, 1},
                {"pytorch-converted/test_Sigmoid", 1, 1},
                {"pytorch-converted/test_Softplus", 1, 1},
                {"pytorch-converted/test_Softsign", 0, 0},
                {"pytorch-converted/test_Tanh", 1, 1},
                {"pytorch-converted/test_BatchNorm1d", 1, 0}};
  for (const auto& [name, computed_at_least, imported_at_least] : wanted) {
    INFO(name);
    int computed = 0, imported = 0;
    std::string refused;
    for (const auto& entry : std::filesystem::directory_iterator((test_data / name).parent_path())) {
      const std::string folder = entry.path().filename().string();
      if (!folder.starts_with(std::filesystem::path(name).filename().string()))
        continue;
      try {
        const auto [one, other] = run_case(entry.path());
        computed += one, imported += other;
      } catch (const io::error& why) {
        refused += "\n" + folder + ": " + why.what();
      }
    }
    CAPTURE(computed, imported, refused);
    CHECK(computed >= computed_at_least);
    CHECK(imported >= imported_at_least);
  }
}
