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

TEST_CASE("the state of two layers goes in as [layers, batch, units], whatever of it is open") {
  const auto stacked = [](std::vector<int> observed, std::vector<int> state, bool state_first) {
    maker of;
    auto* graph = of.model.mutable_graph();
    graph->clear_input(), graph->clear_output();
    for (const bool is_state : {state_first, !state_first})
      maker::port(graph->add_input(), is_state ? "h" : "x", is_state ? state : observed);
    set(of.node("Unsqueeze", {"x"}, "step0"), "axes", std::vector<std::int64_t>{0});
    of.constant("b", {1, 18}, -0.3f);
    for (const int layer : {0, 1}) {
      const std::string name = std::to_string(layer), h = "h" + name, w = "w" + name, r = "r" + name, y = "step" + name, next = "step" + std::to_string(layer + 1);
      of.constant(w.c_str(), {1, 9, layer ? 3 : 4}, -0.9f), of.constant(r.c_str(), {1, 9, 3}, -0.5f);
      auto* slice = of.node("Slice", {"h", ("from" + name).c_str(), ("to" + name).c_str()}, h.c_str());
      of.integers(slice->input(1).c_str(), {layer}), of.integers(slice->input(2).c_str(), {layer + 1});
      auto* step = of.node("GRU", {y.c_str(), w.c_str(), r.c_str(), "b", "", h.c_str()}, ("all" + name).c_str());
      step->add_output("last" + name);
      set(step, "hidden_size", std::int64_t{3}), set(step, "linear_before_reset", std::int64_t{1});
      set(of.node("Squeeze", {step->output(0).c_str()}, next.c_str()), "axes", std::vector<std::int64_t>{1});
    }
    set(of.node("Squeeze", {"step2"}, "y"), "axes", std::vector<std::int64_t>{0});
    set(of.node("Concat", {"last0", "last1"}, "h_out"), "axis", std::int64_t{0});
    for (const char* name : {"y", "h_out"})
      maker::port(graph->add_output(), name, {});
    return of;
  };
  for (const auto& [observed, state] : {std::pair(std::vector{1, 4}, std::vector{2, 1, 3}), std::pair(std::vector{-1, 4}, std::vector{2, -1, 3}),
                                        std::pair(std::vector{-1, 4}, std::vector{2, 1, 3}), std::pair(std::vector{1, 4}, std::vector{2, -1, 3})})
    for (const bool state_first : {false, true}) {
      CAPTURE(observed, state, state_first);
      const auto model = import_bytes(stacked(observed, state, state_first).bytes());
      CHECK(model.inputs.size() == 2);
      const std::vector<std::vector<std::size_t>> shapes{{4}, {2, 3}}, turned{{2, 3}, {4}};
      CHECK(model.net.inputs == (state_first ? turned : shapes));
      CHECK(io::detail::size_of(model.net.layers.back().output) == 3 + 6);
    }
  // A batch of two in both, and a state of three layers of which two are taken.
  CHECK(import_bytes(stacked({2, 4}, {3, 2, 3}, false).bytes()).net.inputs == std::vector<std::vector<std::size_t>>{{4}, {3, 3}});
  CHECK(contains(refusal(stacked({2, 4}, {3, 5, 3}, false)), "expected"));
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
