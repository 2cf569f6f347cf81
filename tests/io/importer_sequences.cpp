// Graphs over whole sequences as layers of one. import_model holds them to the operators, which importer_cases.cpp holds to ONNX.
#include "onnx_maker.hpp"

#include "inlay/io/detail/evaluate_steps.hpp"

namespace {

constexpr int steps = 5;

/// x [n, 5, 4] -> an operator of 3 units over [5, n, 4] -> `sequence`, [5, directions, n, 3].
struct recurrent_maker : maker {
  NodeProto* of;

  explicit recurrent_maker(const char* operation, int directions = 1) {
    reshape_input({-1, steps, 4});
    const int gates = *operation == 'L' ? 4 : (*operation == 'G' ? 3 : 1);
    set(node("Transpose", {"x"}, "by_steps"), "perm", std::vector<std::int64_t>{1, 0, 2});
    weights("w", {directions, gates * 3, 4}), weights("r", {directions, gates * 3, 3}), weights("b", {directions, 2 * gates * 3});
    of = node(operation, {"by_steps", "w", "r", "b"}, "sequence");
    set(of, "hidden_size", std::int64_t{3});
    if (directions == 2)
      text("direction", {"bidirectional"});
  }
  /// Numbers that go up and down.
  TensorProto* weights(const char* name, std::vector<int> shape) {
    auto* into = constant(name, std::move(shape));
    for (int i = 0; i < into->float_data_size(); ++i)
      into->set_float_data(i, 0.25f * static_cast<float>((i * 7 + into->float_data_size()) % 11 - 5));
    return into;
  }
  void text(const char* attribute, std::vector<const char*> values) {
    auto* into = add_attribute(of, attribute);
    into->set_type(values.size() == 1 && std::string(attribute) == "direction" ? AttributeProto::STRING : AttributeProto::STRINGS);
    for (const char* value : values)
      into->type() == AttributeProto::STRING ? into->set_s(value) : into->add_strings(value);
  }
  /// `sequence` as [n, 5, 3 directions], y.
  void batch_first() {
    set(node("Transpose", {"sequence"}, "t"), "perm", std::vector<std::int64_t>{2, 0, 1, 3});
    integers("all", {0, 0, -1});
    node("Reshape", {"t", "all"}, "y");
  }
  void dense(const char* from, int inputs) {
    weights("v", {inputs, 2}), weights("v_bias", {2});
    node("MatMul", {from, "v"}, "product");
    node("Add", {"product", "v_bias"}, "y");
  }
};

/// "lstm<3> last_step dense<2>"
std::string layers_of(const maker& of, const import_options& options = {}) {
  std::string text;
  const auto model = import_bytes(of.bytes(), options);
  for (const auto& layer : model.net.layers) {
    text += (text.empty() ? "" : " ") + std::string(layer.is.name);
    for (const auto& branch : layer.branches)
      for (const auto& inner : branch)
        text += " (" + std::string(inner.is.name) + ")";
    if (layer.has_word("reset_before"))
      text += ":reset_before";
    if (layer.has_activation())
      text += ":" + layer.activation.name;
  }
  return text;
}

} // namespace

TEST_CASE("an LSTM, GRU or RNN over a sequence is a layer of it") {
  for (const char* operation : {"LSTM", "GRU", "RNN"})
    for (const int directions : {1, 2}) {
      CAPTURE(operation, directions);
      recurrent_maker of(operation, directions);
      of.batch_first();
      const auto model = import_bytes(of.bytes());
      CHECK(model.net.over_time);
      CHECK(model.net.input == std::vector<std::size_t>{steps, 4});
      REQUIRE(model.net.layers.size() == 1);
      const auto& layer = model.net.layers[0];
      CHECK(layer.is_a(directions == 2 ? "bidirectional" : *operation == 'L' ? "lstm"
                                                                             : (*operation == 'G' ? "gru" : "rnn")));
      CHECK(layer.output == std::vector<std::size_t>{steps, static_cast<std::size_t>(3 * directions)});
      CHECK(model.x.size() == 8);
    }
}

TEST_CASE("both forms of a GRU, and activations of an RNN") {
  for (const std::int64_t after : {0, 1}) {
    recurrent_maker of("GRU");
    set(of.of, "linear_before_reset", after);
    of.batch_first();
    CHECK(layers_of(of) == (after ? "gru" : "gru:reset_before"));
  }
  for (const auto& [name, word] : {std::pair("Relu", "rnn:relu"), std::pair("Sigmoid", "rnn:sigmoid"), std::pair("Softsign", "rnn:softsign"),
                                   std::pair("Softplus", "rnn:softplus"), std::pair("Tanh", "rnn:tanh")}) {
    recurrent_maker of("RNN");
    of.text("activations", {name});
    of.batch_first();
    CHECK(layers_of(of) == word);
  }
  recurrent_maker of("LSTM", 2);
  of.text("activations", {"Sigmoid", "Tanh", "Tanh", "Sigmoid", "Tanh", "Tanh"});
  of.batch_first();
  CHECK(layers_of(of) == "bidirectional (lstm) (lstm)");
}

TEST_CASE("a forward and a reverse layer of one sequence are one of both directions") {
  for (const char* operation : {"LSTM", "GRU", "RNN"}) {
    recurrent_maker of(operation);
    const int gates = *operation == 'L' ? 4 : (*operation == 'G' ? 3 : 1);
    of.constant("w2", {1, gates * 3, 4}, -0.4f), of.constant("r2", {1, gates * 3, 3}, -0.2f), of.constant("b2", {1, 2 * gates * 3}, -0.1f);
    auto* reverse = of.node(operation, {"by_steps", "w2", "r2", "b2"}, "back");
    set(reverse, "hidden_size", std::int64_t{3});
    auto* direction = add_attribute(reverse, "direction");
    direction->set_type(AttributeProto::STRING), direction->set_s("reverse");
    for (const auto& [from, to] : {std::pair("sequence", "a"), std::pair("back", "c")})
      set(of.node("Squeeze", {from}, to), "axes", std::vector<std::int64_t>{1});
    set(of.node("Concat", {"a", "c"}, "both"), "axis", std::int64_t{2});
    set(of.node("Transpose", {"both"}, "y"), "perm", std::vector<std::int64_t>{1, 0, 2});
    const auto model = import_bytes(of.bytes());
    REQUIRE(model.net.layers.size() == 1);
    CHECK(model.net.layers[0].is_a("bidirectional"));
    CHECK(model.net.layers[0].branches[1][0].parameters[0].name == "weight_ih_l0_reverse");
  }
}

TEST_CASE("what stands behind a sequence") {
  SECTION("a dense layer on every step, and an activation") {
    recurrent_maker of("LSTM");
    of.batch_first();
    of.model.mutable_graph()->mutable_node(3)->set_output(0, "steps");
    of.dense("steps", 3);
    of.model.mutable_graph()->mutable_node(5)->set_output(0, "z");
    of.node("Tanh", {"z"}, "y");
    CHECK(layers_of(of) == "lstm dense:tanh");
  }
  SECTION("the last step of Y") {
    recurrent_maker of("GRU");
    of.batch_first();
    of.model.mutable_graph()->mutable_node(3)->set_output(0, "steps");
    of.constant("last", {})->set_data_type(TensorProto::INT64);
    auto* last = of.model.mutable_graph()->mutable_initializer(of.model.graph().initializer_size() - 1);
    last->clear_float_data(), last->add_int64_data(-1);
    set(of.node("Gather", {"steps", "last"}, "row"), "axis", std::int64_t{1});
    of.dense("row", 3);
    CHECK(layers_of(of) == "gru:reset_before last_step dense");
  }
  SECTION("Y_h") {
    recurrent_maker of("LSTM");
    of.of->add_output("h");
    set(of.node("Squeeze", {"h"}, "row"), "axes", std::vector<std::int64_t>{0});
    of.dense("row", 3);
    CHECK(layers_of(of) == "lstm last_step dense");
  }
  SECTION("the mean of steps") {
    recurrent_maker of("GRU", 2);
    of.batch_first();
    of.model.mutable_graph()->mutable_node(3)->set_output(0, "steps");
    auto* mean = of.node("ReduceMean", {"steps"}, "row");
    set(mean, "axes", std::vector<std::int64_t>{1}), set(mean, "keepdims", std::int64_t{0});
    of.dense("row", 6);
    CHECK(layers_of(of) == "bidirectional (gru) (gru) mean_of_steps dense");
  }
  SECTION("all steps side by side") {
    recurrent_maker of("RNN");
    of.batch_first();
    of.model.mutable_graph()->mutable_node(3)->set_output(0, "steps");
    set(of.node("Flatten", {"steps"}, "row"), "axis", std::int64_t{1});
    of.dense("row", 3 * steps);
    CHECK(layers_of(of) == "rnn:tanh flatten dense");
  }
  SECTION("two outputs of the last step") {
    recurrent_maker of("LSTM");
    of.of->add_output("h");
    set(of.node("Squeeze", {"h"}, "row"), "axes", std::vector<std::int64_t>{0});
    of.dense("row", 3);
    of.node("Tanh", {"product"}, "z");
    maker::port(of.model.mutable_graph()->add_output(), "z", {});
    CHECK(layers_of(of).starts_with("lstm last_step"));
  }
  SECTION("a residual") {
    recurrent_maker of("LSTM");
    of.reshape_input({-1, steps, 3}), of.weights("v", {3, 4});
    of.model.mutable_graph()->mutable_node(0)->set_input(0, "u"); // 3 -> 4 -> LSTM of 3
    of.node("MatMul", {"x", "v"}, "u");
    of.batch_first();
    of.model.mutable_graph()->mutable_node(4)->set_output(0, "f");
    of.node("Add", {"x", "f"}, "y");
    CHECK(layers_of(of) == "residual (dense) (lstm)");
  }
  SECTION("a causal convolution, its padding in front of it") {
    maker of;
    of.reshape_input({-1, steps, 4});
    of.constant("w", {6, 2, 3}, -0.7f), of.constant("b", {6});
    of.integers("pads", {0, 0, 4, 0, 0, 0});
    set(of.node("Transpose", {"x"}, "channels"), "perm", std::vector<std::int64_t>{0, 2, 1});
    of.node("Pad", {"channels", "pads"}, "padded");
    auto* conv = of.node("Conv", {"padded", "w", "b"}, "z");
    set(conv, "dilations", std::vector<std::int64_t>{2}), set(conv, "group", std::int64_t{2});
    of.node("Relu", {"z"}, "a");
    set(of.node("Transpose", {"a"}, "t"), "perm", std::vector<std::int64_t>{0, 2, 1});
    of.constant("v", {6, 2});
    of.node("MatMul", {"t", "v"}, "y");
    CHECK(layers_of(of) == "conv1d:relu dense");
  }
}

TEST_CASE("steps first, a batch of one, and open extents that SHAPE fixes") {
  recurrent_maker of("GRU"); // [5, n, 4] -> [5, n, 3]
  of.reshape_input({steps, -1, 4});
  of.of->set_input(0, "x");
  set(of.node("Squeeze", {"sequence"}, "y"), "axes", std::vector<std::int64_t>{1});
  set(of.of, "linear_before_reset", std::int64_t{1});
  CHECK(layers_of(of) == "gru");
  of.reshape_input({steps, 1, 4});
  CHECK(layers_of(of) == "gru");
  of.reshape_input({-1, -1, 4});
  CHECK(layers_of(of, {.shapes = {{"x", {steps, 1, 4}}}}) == "gru");
  CHECK(contains(refusal(of), "input 'x': expected a fixed number of steps, as SHAPE x=64x3 gives it to [batch, steps, 3], and 64x1x3 to "
                              "[steps, batch, 3], found shape [n, n, 4]"));
  CHECK(contains(refusal(of, {.shapes = {{"x", {5, 4}}}}), // which would be the batch first
                 "(GRU): expected X as [steps, batch, features], found [2, 5, 4] with steps along another axis (SHAPE x=64x1x3 puts them "
                 "first, 64x3 the batch)"));
  recurrent_maker first("RNN");
  first.reshape_input({-1, -1, 4});
  first.batch_first();
  CHECK(layers_of(first, {.shapes = {{"x", {7, 4}}}}) == "rnn:tanh");
  recurrent_maker layout("LSTM"); // [n, 5, 4] -> [n, 5, 1, 3]
  layout.of->set_input(0, "x"), set(layout.of, "layout", std::int64_t{1});
  set(layout.node("Squeeze", {"sequence"}, "y"), "axes", std::vector<std::int64_t>{2});
  CHECK(layers_of(layout) == "lstm");
}

namespace {

/// x [n, 3, 4] -> an RNN of 2 units, written step by step as torch.export does; `order` of its steps.
maker loop_of(std::vector<std::int64_t> order, const char* activation = "Relu") {
  recurrent_maker made("RNN");
  maker of;
  of.reshape_input({-1, 3, 4});
  for (const auto& [name, shape] : {std::pair("w", std::vector<int>{4, 2}), std::pair("b", std::vector<int>{2}),
                                    std::pair("r", std::vector<int>{2, 2}), std::pair("c", std::vector<int>{2})})
    *of.model.mutable_graph()->add_initializer() = *made.weights(name, shape);
  set(of.node("Transpose", {"x"}, "t"), "perm", std::vector<std::int64_t>{1, 0, 2});
  of.node("MatMul", {"t", "w"}, "product"), of.node("Add", {"product", "b"}, "all");
  of.node("Slice", {"all", "from0", "to0", "axis"}, "like"); // a state of zeros that is as long as the batch
  of.node("Shape", {"like"}, "shape"), of.node("ConstantOfShape", {"shape"}, "h0");
  of.integers("axis", {0});
  std::vector<std::string> names{"h0"};
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::string number = std::to_string(k), state = names.back();
    const auto name = [&](const char* stem) { return stem + number; };
    of.integers(name("from").c_str(), {order[k]}), of.integers(name("to").c_str(), {order[k] + 1});
    of.node("Slice", {"all", name("from").c_str(), name("to").c_str(), "axis"}, name("step").c_str());
    of.node("MatMul", {state.c_str(), "r"}, name("m").c_str());
    of.node("Add", {name("m").c_str(), "c"}, name("s").c_str());
    of.node("Add", {name("s").c_str(), name("step").c_str()}, name("z").c_str());
    of.node(activation, {name("z").c_str()}, name("state").c_str());
    names.push_back(name("state"));
  }
  set(of.node("Concat", {names[1].c_str(), names[2].c_str(), names[3].c_str()}, "states"), "axis", std::int64_t{0});
  set(of.node("Transpose", {"states"}, "y"), "perm", std::vector<std::int64_t>{1, 0, 2});
  return of;
}

} // namespace

TEST_CASE("an RNN that is written step by step is one layer") {
  const auto model = import_bytes(loop_of({0, 1, 2}).bytes());
  REQUIRE(model.net.layers.size() == 1);
  CHECK(model.net.layers[0].is_a("rnn"));
  CHECK(model.net.layers[0].activation.name == "relu");
  CHECK(model.net.layers[0].parameters[0].shape == std::vector<std::size_t>{2, 4}); // W is that of the model
  CHECK(layers_of(loop_of({0, 1, 2}, "Tanh")) == "rnn:tanh");
  CHECK(layers_of(loop_of({0, 2, 1})) != "rnn:relu"); // no net of a sequence
  CHECK(refusal(loop_of({0, 1, 2}, "Sqrt")) != "accepted");
}

TEST_CASE("what a recurrent layer of inlay's does not do is refused by its name") {
  const auto refused = [](auto change, const char* operation = "LSTM") {
    recurrent_maker of(operation);
    change(of);
    of.batch_first();
    return refusal(of);
  };
  const auto has = [](const std::string& text, const char* operation, const std::string& words) {
    CAPTURE(text, words);
    const std::string node = std::string("m: node '") + operation + "_sequence' (" + operation + "): expected ";
    CHECK(text == node + words);
  };
  has(refused([](auto& of) {
        auto* clip = add_attribute(of.of, "clip");
        clip->set_type(AttributeProto::FLOAT), clip->set_f(0.5f);
      }),
      "LSTM", "no clip, found 0.5");
  has(refused([](auto& of) { set(of.of, "input_forget", std::int64_t{1}); }), "LSTM", "no input_forget, found one");
  has(refused([](auto& of) {
        of.constant("p", {1, 9});
        for (const char* input : {"", "", "", "p"})
          of.of->add_input(input);
      }),
      "LSTM", "no peepholes P, found some");
  has(refused([](auto& of) { of.text("activations", {"Tanh", "Tanh", "Tanh"}); }), "LSTM",
      "activations Sigmoid, Tanh, Tanh, which are the default, found Tanh, Tanh, Tanh");
  has(refused([](auto& of) { of.text("activations", {"Tanh", "Sigmoid"}); }, "GRU"), "GRU",
      "activations Sigmoid, Tanh, which are the default, found Tanh, Sigmoid");
  has(refused([](auto& of) { of.text("activations", {"Elu"}); }, "RNN"), "RNN",
      "activations Tanh, Relu, Sigmoid, Softsign or Softplus, found 'Elu'");
  has(refused([](auto& of) { of.text("direction", {"reverse"}); }), "LSTM", "direction forward or bidirectional, found reverse alone");
  has(refused([](auto& of) { of.text("direction", {"bidirectional"}); }), "LSTM",
      "a direction of as many as W has, 1, found 'bidirectional'");
  has(refused([](auto& of) {
        of.integers("lengths", {5, 3});
        of.of->add_input("lengths");
      }),
      "LSTM", "sequence_lens of all 5 steps, found 3");
  has(refused([](auto& of) {
        of.constant("h", {1, 2, 3});
        for (const char* input : {"", "h"})
          of.of->add_input(input);
      }),
      "LSTM", "an initial state of zero, found another one");
  recurrent_maker cell("LSTM");
  cell.of->add_output("h"), cell.of->add_output("y");
  has(refusal(cell), "LSTM", "Y or Y_h to be used, found Y_c, the cell, which inlay's lstm keeps to itself");
  recurrent_maker some("LSTM"); // steps 0 to 2
  some.batch_first();
  some.model.mutable_graph()->mutable_node(3)->set_output(0, "steps");
  for (const auto& [name, value] : {std::pair("from", 0), std::pair("to", 3), std::pair("along", 1)})
    some.integers(name, {value});
  some.node("Slice", {"steps", "from", "to", "along"}, "y");
  CHECK(refusal(some) == "m: node 'Slice_y' (Slice): expected all steps of a sequence, or the last, found some of 5");
  recurrent_maker other("LSTM"); // steps behind numbers
  set(other.node("Transpose", {"sequence"}, "y"), "perm", std::vector<std::int64_t>{2, 1, 3, 0});
  CHECK(contains(refusal(other), "output 'y': expected the numbers of a step side by side, and step after step"));
  recurrent_maker ahead("GRU");
  ahead.constant("k", {2, 3, 3}), ahead.batch_first();
  ahead.model.mutable_graph()->mutable_node(3)->set_output(0, "steps");
  set(ahead.node("Transpose", {"steps"}, "channels"), "perm", std::vector<std::int64_t>{0, 2, 1});
  set(ahead.node("Conv", {"channels", "k"}, "y"), "pads", std::vector<std::int64_t>{1, 1});
  CHECK(contains(refusal(ahead), "(Conv): expected a convolution along the steps that is causal: stride 1, pads [dilation (kernel - 1), "
                                 "0], found stride 1, pads [1, 1], dilation 1, kernel 3"));
}

TEST_CASE("states that go in and come out beside whole sequences are refused in words") {
  recurrent_maker of("LSTM");
  maker::port(of.model.mutable_graph()->add_input(), "state", {-1, 1, 3});
  set(of.node("Transpose", {"state"}, "h"), "perm", std::vector<std::int64_t>{1, 0, 2});
  for (const char* input : {"", "h"})
    of.of->add_input(input);
  of.model.mutable_graph()->mutable_node()->SwapElements(1, 2); // before it is used
  of.batch_first();
  CAPTURE(refusal(of));
  CHECK(contains(refusal(of), "(LSTM): expected a sequence that is the model's only input"));
}
