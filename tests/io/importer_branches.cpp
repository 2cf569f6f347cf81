// Graphs that are no chain: branches, several inputs, several outputs. That the layers compute what the graph does,
// import_model itself sees to.
#include "onnx_maker.hpp"

#include "inlay/io/detail/header_text.hpp"
#include "inlay/io/detail/text.hpp"

namespace {

using io::detail::layer_description;

std::string kinds(const std::vector<layer_description>& layers);

std::string kind(const layer_description& layer) {
  std::string text = layer.is.name;
  if (layer.is_a("from") || layer.is_a("dense"))
    text += " " + std::to_string(layer.is_a("from") ? layer.number("k") : layer.output[0]);
  if (layer.is_a("narrow"))
    text += " " + std::to_string(layer.number("start")) + " " + std::to_string(layer.number("length"));
  if (layer.has_activation() && !layer.is_activation())
    text += " " + layer.activation.name;
  if (layer.is_a("activation"))
    text = layer.activation.name;
  if (layer.is_a("parallel"))
    text = layer.arguments[0].name;
  std::string inner;
  for (const auto& branch : layer.branches)
    inner += (inner.empty() ? "" : " | ") + (branch.empty() ? "x" : kinds(branch));
  return text + (inner.empty() ? "" : "<" + inner + ">");
}
std::string kinds(const std::vector<layer_description>& layers) {
  std::string text;
  for (const auto& layer : layers)
    text += (text.empty() ? "" : ", ") + kind(layer);
  return text;
}

/// The layers, or why there are none.
std::string layers(const maker& of, const import_options& options = {}) {
  try {
    return kinds(import_bytes(of.bytes(), options).net.layers);
  } catch (const io::error& refused) {
    return refused.what();
  }
}

/// w of [4][n] and MatMul.
void dense(maker& of, const char* x, const char* w, int n, const char* y, int inputs = 4) {
  of.constant(w, {inputs, n}, -0.3f);
  of.node("MatMul", {x, w}, y);
}
/// The model's outputs.
void give(maker& of, std::vector<const char*> names) {
  of.model.mutable_graph()->clear_output();
  for (const char* name : names)
    maker::port(of.model.mutable_graph()->add_output(), name, {});
}
void axis(NodeProto* of, std::int64_t which) { set(of, "axis", which); }

} // namespace

TEST_CASE("branches meet in a Concat, an Add, a Sum, a Sub or a Mul") {
  maker of;
  dense(of, "x", "w", 3, "a");
  of.node("Tanh", {"a"}, "f");
  dense(of, "x", "v", 3, "b");
  of.node("Relu", {"b"}, "g");
  SECTION("Concat") {
    axis(of.node("Concat", {"f", "g"}, "y"), 1);
    CHECK(layers(of) == "concat<dense 3 tanh | dense 3 relu>");
  }
  SECTION("Concat of one twice") {
    axis(of.node("Concat", {"f", "g", "f"}, "c"), -1);
    dense(of, "c", "u", 2, "y", 9);
    CHECK(layers(of) == "concat<dense 3 tanh | dense 3 relu>, dense 2");
  }
  SECTION("Add") {
    of.node("Add", {"f", "g"}, "y");
    CHECK(layers(of) == "add<dense 3 tanh | dense 3 relu>");
  }
  SECTION("Sub") {
    of.node("Sub", {"f", "g"}, "s");
    dense(of, "s", "u", 2, "y", 3);
    CHECK(layers(of) == "add<dense 3 tanh | dense 3 relu, rescale>, dense 2");
  }
  SECTION("Sum of branches and a constant") {
    of.constant("c", {3});
    of.node("Sum", {"f", "c", "g"}, "y");
    CHECK(layers(of) == "add<dense 3 tanh | dense 3 relu>, rescale");
  }
  SECTION("Mul") {
    of.node("Mul", {"f", "g"}, "y");
    CHECK(layers(of) == "multiply<dense 3 tanh | dense 3 relu>");
  }
  SECTION("branches within a branch") {
    axis(of.node("Concat", {"f", "x"}, "c"), 1);
    of.node("Mul", {"c", "c2"}, "y");
    dense(of, "g", "u", 7, "c2", 3);
    of.model.mutable_graph()->mutable_node()->SwapElements(5, 6);
    CHECK(layers(of) == "multiply<concat<dense 3 tanh | x> | dense 3 relu, dense 7>");
  }
}

TEST_CASE("x + F(x) and x - F(x) are residuals, F(x) - x is a sum") {
  maker of;
  dense(of, "x", "w", 4, "a");
  SECTION("x + F(x)") {
    of.node("Add", {"a", "x"}, "y");
    CHECK(layers(of) == "residual<x | dense 4>");
  }
  SECTION("x - F(x)") {
    of.node("Sub", {"x", "a"}, "y");
    CHECK(layers(of) == "residual<x | dense 4>");
  }
  SECTION("F(x) - x") {
    of.node("Sub", {"a", "x"}, "y");
    CHECK(layers(of) == "add<dense 4 | rescale>");
  }
}

TEST_CASE("a Concat with constants") {
  maker of;
  of.constant("c", {1, 3});
  of.integers("s", {-1, 3}); // of each sample, as exporters write it
  of.constant("zero", {4, 3}, 0);
  of.model.mutable_graph()->mutable_initializer(2)->clear_float_data();
  for (int i = 0; i < 12; ++i)
    of.model.mutable_graph()->mutable_initializer(2)->add_float_data(0);
  of.node("MatMul", {"x", "zero"}, "none");
  of.node("Add", {"none", "c"}, "all");
  SECTION("is a branch that does not depend on the input, as a product with zeros") {
    axis(of.node("Concat", {"x", "all"}, "y"), 1);
    CHECK(layers(of) == "concat<x | dense 3>");
  }
  SECTION("of a batch of one is a scale by zero, or part of a bias") {
    of.reshape_input({1, 4});
    axis(of.node("Concat", {"x", "c"}, "y"), 1);
    CHECK(layers(of) == "concat<narrow 0 4 | narrow 0 3>, rescale");
    of.model.mutable_graph()->mutable_node(2)->set_output(0, "k");
    dense(of, "k", "w", 2, "y", 7);
    CHECK(layers(of) == "dense 2");
  }
}

TEST_CASE("a Concat of branches and a constant") {
  maker of;
  of.reshape_input({1, 4});
  of.constant("c", {1, 2});
  dense(of, "x", "w", 3, "a");
  of.node("Tanh", {"a"}, "t");
  axis(of.node("Concat", {"t", "c", "x"}, "j"), 1);
  dense(of, "j", "v", 2, "y", 9);
  CHECK(layers(of) == "concat<dense 3 tanh | x>, dense 2");
}

TEST_CASE("several inputs") {
  maker of;
  maker::port(of.model.mutable_graph()->add_input(), "z", {-1, 2});
  SECTION("joined at the start") {
    axis(of.node("Concat", {"z", "x"}, "c"), 1);
    dense(of, "c", "w", 3, "y", 6);
    CHECK(layers(of) == "concat<from 2 | from 1>, dense 3");
  }
  SECTION("in the middle") {
    dense(of, "x", "w", 3, "a");
    dense(of, "z", "v", 3, "b", 2);
    of.node("Relu", {"b"}, "r");
    axis(of.node("Concat", {"a", "r"}, "c"), 1);
    dense(of, "c", "u", 3, "y", 6);
    CHECK(layers(of) == "concat<from 1, dense 3 | from 2, dense 3 relu>, dense 3");
  }
  SECTION("one of them not needed") {
    dense(of, "z", "w", 3, "y", 2);
    const auto model = import_bytes(of.bytes());
    CHECK(kinds(model.net.layers) == "dense 3");
    CHECK(model.inputs.size() == 1);
  }
  SECTION("each with a shape that its convolution wants") {
    of.integers("s", {-1, 1, 4});
    of.node("Reshape", {"x", "s"}, "r");
    of.constant("w", {2, 1, 2});
    of.node("Conv", {"r", "w"}, "c");
    of.node("Flatten", {"c"}, "f");
    dense(of, "f", "v", 3, "d", 6);
    axis(of.node("Concat", {"d", "z"}, "y"), 1);
    const auto net = import_bytes(of.bytes()).net;
    CHECK(kinds(net.layers) == "concat<from 1, conv1d, dense 3 | from 2>");
    CHECK(net.inputs == std::vector<std::vector<std::size_t>>{{1, 4}, {2}});
  }
}

TEST_CASE("an image beside features is laid flat") {
  maker of;
  of.reshape_input({-1, 1, 3, 4});
  maker::port(of.model.mutable_graph()->add_input(), "z", {-1, 2});
  of.constant("w", {2, 1, 2, 2});
  of.node("Conv", {"x", "w"}, "c");
  of.node("Flatten", {"c"}, "f");
  axis(of.node("Concat", {"f", "z"}, "j"), 1);
  dense(of, "j", "v", 3, "y", 14);
  CHECK(layers(of) == "concat<from 1, conv2d, flatten | from 2>, dense 3");
}

TEST_CASE("several outputs are heads") {
  maker of;
  dense(of, "x", "w", 3, "a");
  of.node("Tanh", {"a"}, "t");
  dense(of, "t", "v", 2, "y", 3);
  dense(of, "t", "u", 1, "z", 3);
  give(of, {"y", "z"});
  CHECK(layers(of) == "dense 3 tanh, heads<dense 2 | dense 1>");
  SECTION("in the order in which they are named") {
    CHECK(layers(of, {.outputs = {"z", "y"}}) == "dense 3 tanh, heads<dense 1 | dense 2>");
    CHECK(layers(of, {.outputs = {"z"}}) == "dense 3 tanh, dense 1");
  }
  SECTION("one of them on the way of the other") {
    give(of, {"t", "y"});
    CHECK(layers(of) == "dense 3 tanh, heads<x | dense 2>");
  }
  SECTION("constants and copies of inputs are passed over") {
    maker::port(of.model.mutable_graph()->add_input(), "state_ins", {-1});
    of.node("Identity", {"state_ins"}, "state_outs");
    of.constant("version", {1});
    give(of, {"version", "y", "state_outs", "z"});
    CHECK(layers(of) == "dense 3 tanh, heads<dense 2 | dense 1>");
  }
  SECTION("with several inputs, the header has a call and the outputs by their names") {
    maker::port(of.model.mutable_graph()->add_input(), "m 1", {-1, 2});
    of.node("Mul", {"y", "m 1"}, "masked");
    give(of, {"masked", "z"});
    const auto model = import_bytes(of.bytes());
    CHECK(kinds(model.net.layers) ==
          "concat<from 1, dense 3 tanh | from 2>, heads<multiply<narrow 0 3, dense 2 | narrow 3 2> | narrow 0 3, dense 1>");
    const std::string text =
        io::detail::header_text(model.net,
                                {.name = "m", .source = "s", .inputs = {{"x"}, {"m 1"}}, .outputs = {{"masked"}, {"z"}}})
            .text;
    CHECK(contains(text, "operator()(std::span<const net_t::scalar, 4> x, std::span<const net_t::scalar, 2> m_1)"));
    CHECK(contains(text, "std::array<net_t::scalar, 2> masked{};\n    std::array<net_t::scalar, 1> z{};"));
    CHECK(contains(text, "input_names[] = {\"x\", \"m 1\"};"));
  }
}

TEST_CASE("what several branches need is computed once, and handed on beside the rest") {
  maker of;
  dense(of, "x", "w", 4, "a");
  of.node("Tanh", {"a"}, "t");
  dense(of, "t", "v", 4, "b");
  of.node("Relu", {"b"}, "r");
  axis(of.node("Concat", {"x", "t"}, "c"), 1);
  dense(of, "c", "u", 4, "d", 8);
  of.node("Add", {"d", "r"}, "y");
  CHECK(layers(of) == "concat<dense 4 tanh | x>, add<dense 4 | narrow 0 4, dense 4 relu>");
}

TEST_CASE("what is on the way to a shared tensor and needed behind it, too, is computed again of what was handed on") {
  maker of; // m = 1 - x goes into the shared tensor t and around it
  of.constant("one", {}, 1);
  of.node("Sub", {"one", "x"}, "m");
  of.node("Mul", {"x", "m"}, "a");
  dense(of, "a", "w", 4, "t");
  dense(of, "t", "v", 4, "b");
  of.node("Relu", {"b"}, "r");
  of.node("Mul", {"t", "m"}, "c");
  of.node("Add", {"c", "r"}, "y");
  CHECK(
      layers(of) ==
      "concat<multiply<x | rescale>, dense 4 | x>, add<multiply<narrow 0 4 | narrow 4 4, rescale> | narrow 0 4, dense 4 relu>");
}

TEST_CASE("parts of the features") {
  maker of;
  of.integers("zero", {0}), of.integers("one", {1}), of.integers("three", {3}), of.integers("axis", {1});
  SECTION("before a dense layer: what is left out at the ends is narrow, within and in another order columns of the weights") {
    of.node("Slice", {"x", "one", "three", "axis"}, "s");
    dense(of, "s", "w", 2, "y", 2);
    CHECK(layers(of) == "narrow 1 2, dense 2");
  }
  SECTION("in another order") {
    of.integers("order", {3, 0, 3});
    axis(of.node("Gather", {"x", "order"}, "s"), 1);
    dense(of, "s", "w", 2, "y", 3);
    CHECK(layers(of) == "dense 2");
  }
  SECTION("behind a dense layer they are its outputs, the σ between") {
    dense(of, "x", "w", 6, "a");
    of.node("Tanh", {"a"}, "t");
    of.node("Slice", {"t", "zero", "three", "axis"}, "y");
    CHECK(layers(of) == "dense 3 tanh");
  }
  SECTION("Split, one part of which is used, as a policy's mean") {
    dense(of, "x", "w", 6, "a");
    auto* split = of.node("Split", {"a"}, "mean");
    axis(split, -1);
    split->add_output("deviation");
    of.node("Tanh", {"mean"}, "y");
    CHECK(layers(of) == "dense 3 tanh");
    give(of, {"deviation"});
    CHECK(layers(of) == "dense 3");
  }
  SECTION("both, of which one is a gate") {
    dense(of, "x", "w", 6, "a");
    auto* split = of.node("Split", {"a"}, "p");
    axis(split, 1);
    split->add_output("q");
    of.node("Sigmoid", {"q"}, "g");
    of.node("Mul", {"p", "g"}, "y");
    CHECK(layers(of) == "dense 6, multiply<narrow 0 3 | narrow 3 3, sigmoid>");
  }
  SECTION("of an input, one behind the other again, are no layer") {
    auto* split = of.node("Split", {"x"}, "p");
    axis(split, 1);
    split->add_output("q");
    axis(of.node("Concat", {"q", "p"}, "c"), 1);
    dense(of, "c", "w", 3, "y");
    CHECK(layers(of) == "dense 3");
  }
  SECTION("one feature for all") {
    dense(of, "x", "w", 1, "a");
    of.node("Mul", {"a", "x"}, "y");
    CHECK(layers(of) == "multiply<dense 4 | x>");
  }
}

TEST_CASE("noise counts as its mean, and what zeros multiply does not vary") {
  maker of;
  dense(of, "x", "w", 2, "mu");
  of.constant("zero", {}, 0), of.constant("sigma", {1, 2}, 0.3f);
  of.node("Mul", {"mu", "zero"}, "z");
  of.node("Add", {"z", "sigma"}, "s");
  of.node("Exp", {"s"}, "e");
  of.node("RandomNormalLike", {"mu"}, "n");
  of.node("Mul", {"n", "e"}, "noise");
  of.node("Add", {"mu", "noise"}, "sample");
  of.node("Tanh", {"sample"}, "y");
  CHECK(layers(of) == "dense 2 tanh");
}

TEST_CASE("scales of any number of features stand before a σ and behind it") {
  maker of;
  of.reshape_input({-1, 100});
  of.constant("mean", {100}), of.constant("deviation", {100}, 1), of.constant("quarter", {}, 0.25f);
  of.constant("low", {}, -5), of.constant("high", {}, 5);
  of.node("Sub", {"x", "mean"}, "a");
  of.node("Div", {"a", "deviation"}, "b");
  of.node("Clip", {"b", "low", "high"}, "c");
  SECTION("a clamp of what is normalized") {
    dense(of, "c", "w", 2, "y", 100);
    CHECK(layers(of) == "rescale, hard_tanh, dense 2");
  }
  SECTION("and at the end") {
    of.node("Tanh", {"c"}, "t");
    of.node("Mul", {"t", "quarter"}, "y");
    CHECK(layers(of) == "rescale, hard_tanh, rescale, tanh, rescale");
  }
}
