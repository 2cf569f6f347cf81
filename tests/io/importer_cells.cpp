// Recurrent operators of one step whose state goes in and comes out. import_model holds the layers to the operator itself,
// which importer_cases.cpp holds to ONNX.
#include "onnx_maker.hpp"

namespace {

/// x [n, 4] and its state [n, 3] -> one step -> y and the state.
maker cell(const char* operation, int gates, bool with_state) {
  maker of;
  of.constant("w", {1, gates * 3, 4}, -0.9f), of.constant("r", {1, gates * 3, 3}, -0.5f),
      of.constant("b", {1, 2 * gates * 3}, -0.3f);
  set(of.node("Unsqueeze", {"x"}, "xs"), "axes", std::vector<std::int64_t>{0});
  const bool lstm = gates == 4;
  for (const char* state : {"h", "c"}) {
    if (!with_state || (*state == 'c' && !lstm))
      continue;
    maker::port(of.model.mutable_graph()->add_input(), state, {-1, 3});
    set(of.node("Unsqueeze", {state}, *state == 'h' ? "hs" : "cs"), "axes", std::vector<std::int64_t>{0});
  }
  std::vector<const char*> inputs{"xs", "w", "r", "b"};
  if (with_state)
    inputs.insert(inputs.end(), {"", "hs"});
  if (with_state && lstm)
    inputs.push_back("cs");
  auto* step = of.node(operation, inputs, "all");
  step->add_output("last");
  if (lstm)
    step->add_output("cell");
  set(step, "hidden_size", std::int64_t{3});
  of.model.mutable_graph()->clear_output();
  of.constant("v", {3, 2});
  set(of.node("Squeeze", {"all"}, "flat"), "axes", std::vector<std::int64_t>{0, 1});
  of.node("MatMul", {"flat", "v"}, "y");
  maker::port(of.model.mutable_graph()->add_output(), "y", {});
  for (const char* state : {"last", "cell"})
    if (with_state && (*state == 'l' || lstm)) {
      set(of.node("Squeeze", {state}, *state == 'l' ? "h_out" : "c_out"), "axes", std::vector<std::int64_t>{0});
      maker::port(of.model.mutable_graph()->add_output(), *state == 'l' ? "h_out" : "c_out", {});
    }
  return of;
}

} // namespace

TEST_CASE("one step of an LSTM, GRU or RNN is a net of its state") {
  for (const auto& [operation, gates] : {std::pair("LSTM", 4), std::pair("GRU", 3), std::pair("RNN", 1)})
    for (const bool with_state : {true, false})
      for (const std::int64_t reset : {0, 1}) {
        CAPTURE(operation, with_state, reset);
        auto of = cell(operation, gates, with_state);
        if (gates == 3)
          for (auto& node : *of.model.mutable_graph()->mutable_node())
            if (node.op_type() == "GRU")
              set(&node, "linear_before_reset", reset);
        const auto model = import_bytes(of.bytes());
        const std::size_t inputs = model.inputs.size(), outputs = model.outputs.size();
        CHECK(inputs == (with_state ? gates == 4 ? 3 : 2 : 1));
        CHECK(outputs == inputs);
        CHECK(io::detail::size_of(model.net.layers.back().output) == 2 + 3 * (outputs - 1));
      }
}

TEST_CASE("a step with other activations is refused, one of an RNN has them") {
  const auto with = [](const char* operation, int gates, std::vector<const char*> names) {
    auto of = cell(operation, gates, true);
    auto* activations = add_attribute(of.model.mutable_graph()->mutable_node(gates == 4 ? 3 : 2), "activations");
    activations->set_type(AttributeProto::STRINGS);
    for (const char* name : names)
      activations->add_strings(name);
    return of;
  };
  auto alone = cell("LSTM", 4, false);
  auto* names = add_attribute(alone.model.mutable_graph()->mutable_node(1), "activations");
  names->set_type(AttributeProto::STRINGS), names->add_strings("Tanh");
  CHECK(contains(refusal(alone), "(LSTM): expected activations Sigmoid, Tanh, Tanh, which are the default, found Tanh"));
  CHECK(contains(refusal(with("LSTM", 4, {"Tanh", "Tanh", "Tanh"})), "(LSTM): expected activations Sigmoid, Tanh, Tanh"));
  CHECK(contains(refusal(with("GRU", 3, {"Tanh", "Sigmoid"})), "(GRU): expected activations Sigmoid, Tanh"));
  CHECK(contains(refusal(with("RNN", 1, {"Elu"})), "(RNN): expected activations Tanh, Relu, Sigmoid, Softsign or Softplus"));
  CHECK(refusal(with("RNN", 1, {"Relu"})) == "accepted");
}

TEST_CASE("a state of several layers has its samples along the second axis") {
  for (const int samples : {-1, 1}) {
    maker of;
    of.reshape_input({samples, 4});
    maker::port(of.model.mutable_graph()->add_input(), "h", {2, samples, 3});
    of.constant("w", {1, 9, 4}, -0.9f), of.constant("r", {1, 9, 3}, -0.5f), of.constant("w2", {1, 9, 3}, 0.3f);
    set(of.node("Unsqueeze", {"x"}, "xs"), "axes", std::vector<std::int64_t>{0});
    set(of.node("Split", {"h"}, "h1"), "axis", std::int64_t{0});
    of.model.mutable_graph()->mutable_node(1)->add_output("h2");
    auto* first = of.node("GRU", {"xs", "w", "r", "", "", "h1"}, "all1");
    first->add_output("last1"), set(first, "hidden_size", std::int64_t{3});
    set(of.node("Squeeze", {"all1"}, "between"), "axes", std::vector<std::int64_t>{1});
    auto* second = of.node("GRU", {"between", "w2", "r", "", "", "h2"}, "all2");
    second->add_output("last2"), set(second, "hidden_size", std::int64_t{3});
    set(of.node("Squeeze", {"all2"}, "y"), "axes", std::vector<std::int64_t>{0, 1});
    set(of.node("Concat", {"last1", "last2"}, "h_out"), "axis", std::int64_t{0});
    maker::port(of.model.mutable_graph()->add_output(), "h_out", {});
    for (auto& node : *of.model.mutable_graph()->mutable_node())
      if (node.op_type() == "Squeeze" || node.op_type() == "Unsqueeze") // opset 12 has axes as attributes
        of.model.mutable_opset_import(0)->set_version(12);
    const auto model = import_bytes(of.bytes());
    CHECK(model.net.inputs == std::vector<std::vector<std::size_t>>{{4}, {2, 3}});
    CHECK(io::detail::size_of(model.net.layers.back().output) == 9);
  }
}

TEST_CASE("a state of one fixed sample beside an open input is one of one sample") {
  maker of;
  maker::port(of.model.mutable_graph()->add_input(), "h", {1, 1, 4});
  of.constant("w", {4, 4}), of.integers("flat", {1, 4});
  of.node("Reshape", {"h", "flat"}, "state");
  of.node("MatMul", {"state", "w"}, "moved");
  of.node("Add", {"x", "moved"}, "y");
  CHECK(import_bytes(of.bytes()).net.inputs.size() == 2);
}
