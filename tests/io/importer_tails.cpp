// Ends of graphs that draw or choose, and inputs that are masks.
#include "onnx_maker.hpp"

namespace {

void give(maker& of, const char* name, int type) { maker::port(of.model.mutable_graph()->add_output(), name, {}, type); }

/// x -> logits [n, 3]; the model has no outputs yet.
maker classifier() {
  maker of;
  of.model.mutable_graph()->clear_output();
  of.constant("w", {4, 3}, -0.4f);
  of.node("MatMul", {"x", "w"}, "logits");
  return of;
}

} // namespace

TEST_CASE("ArgMax and Multinomial give what they choose from, with a line") {
  auto of = classifier();
  SECTION("drawn from the logarithm of a softmax") {
    set(of.node("Softmax", {"logits"}, "p"), "axis", 1);
    of.node("Log", {"p"}, "l");
    of.node("Multinomial", {"l"}, "m");
    set(of.node("Concat", {"m"}, "action"), "axis", 1);
    give(of, "action", TensorProto::INT64);
    const auto model = import_bytes(of.bytes());
    CHECK(layer_names(model.net.layers) == "dense log_softmax");
    REQUIRE(model.notes.size() == 1);
    CHECK(model.notes[0] == "output 'action': without node 'Multinomial_m' (Multinomial): what is chosen from");
  }
  SECTION("a label of another shape") {
    set(of.node("ArgMax", {"logits"}, "a"), "keepdims", std::int64_t{0});
    of.integers("s", {-1});
    of.node("Reshape", {"a", "s"}, "label");
    give(of, "label", TensorProto::INT64);
    const auto model = import_bytes(of.bytes());
    CHECK(layer_names(model.net.layers) == "dense");
    CHECK(model.outputs[0].name == "logits");
    CHECK(model.notes.at(0) ==
          "output 'label': without node 'ArgMax_a' (ArgMax): what is chosen from, as an output of its own");
  }
  SECTION("a label beside what it is chosen from") {
    of.node("ArgMax", {"logits"}, "label");
    give(of, "logits", TensorProto::FLOAT), give(of, "label", TensorProto::INT64);
    const auto model = import_bytes(of.bytes());
    CHECK(layer_names(model.net.layers) == "dense");
    CHECK(model.notes.at(0) == "output 'label': without node 'ArgMax_label' (ArgMax): 'logits' is what that chooses from");
  }
}

TEST_CASE("a mask is verified with zeros and ones") {
  auto of = classifier();
  maker::port(of.model.mutable_graph()->add_input(), "mask", {-1, 3});
  of.constant("one", {}, 1), of.constant("huge", {}, 1e8f);
  of.node("Sub", {"one", "mask"}, "not");
  of.node("Mul", {"not", "huge"}, "far");
  of.node("Mul", {"logits", "mask"}, "kept");
  of.node("Sub", {"kept", "far"}, "masked");
  set(of.node("Softmax", {"masked"}, "y"), "axis", 1);
  give(of, "y", TensorProto::FLOAT);
  const auto model = import_bytes(of.bytes());
  CHECK(layer_names(model.net.layers) == "parallel<parallel<from, dense | from> | from, rescale>, softmax");
  std::size_t ones = 0;
  for (const auto& x : model.x)
    for (std::size_t f = 4; f < 7; ++f) {
      CHECK((x[f] == 0 || x[f] == 1));
      ones += x[f] == 1;
    }
  CHECK(ones > 0);
  CHECK(ones < 3 * model.x.size());
}

TEST_CASE("the logarithm of the probability of what is chosen is left out, with a line") {
  auto of = classifier();
  of.model.mutable_opset_import(0)->set_version(17);
  set(of.node("ReduceLogSumExp", {"logits"}, "sum"), "axes", std::vector<std::int64_t>{-1});
  of.node("Sub", {"logits", "sum"}, "logarithms");
  set(of.node("ArgMax", {"logarithms"}, "action"), "axis", std::int64_t{1});
  set(of.node("GatherElements", {"logarithms", "action"}, "probability"), "axis", std::int64_t{-1});
  give(of, "action", TensorProto::INT64), give(of, "probability", TensorProto::FLOAT);
  const auto model = import_bytes(of.bytes());
  CHECK(layer_names(model.net.layers) == "dense log_softmax");
  REQUIRE(model.notes.size() == 2);
  CHECK(model.notes[0] == "output 'probability': left out, as it depends on what is chosen");
}
