// An If whose condition is a constant, or one for a fixed shape, is the branch that it takes; another is refused. That the layers
// compute what the branch does, import_model itself sees to.
#include "onnx_maker.hpp"

namespace {

using ::onnx::GraphProto;

/// The net's layers by their outputs, or why there is none.
std::string outcome(const maker& of) {
  try {
    std::string text;
    for (const auto& layer : import_bytes(of.bytes()).net.layers)
      text += (text.empty() ? "" : ", ") + std::string(layer.is_activation() ? layer.activation.name : layer.is.name) +
              (layer.is_a("dense") ? " " + std::to_string(layer.output[0]) : "");
    return text;
  } catch (const io::error& refused) {
    return refused.what();
  }
}

NodeProto* add(GraphProto* to, const char* op, std::vector<const char*> inputs, const char* output) {
  auto* into = to->add_node();
  into->set_op_type(op);
  for (const char* input : inputs)
    into->add_input(input);
  into->add_output(output);
  return into;
}
void ends(GraphProto* graph, const char* output) { graph->add_output()->set_name(output); }
GraphProto* branch(NodeProto* of, const char* name) {
  auto* into = add_attribute(of, name);
  into->set_type(AttributeProto::GRAPH);
  return into->mutable_g();
}
void truth(maker& of, const char* name, bool value) {
  auto* into = of.model.mutable_graph()->add_initializer();
  into->set_name(name);
  into->set_data_type(TensorProto::BOOL);
  into->add_int32_data(value);
}
/// then: a dense layer of two outputs and relu, "t" within; else: one of three.
NodeProto* two_branches(maker& of, const char* condition, const char* x, const char* y) {
  NodeProto* one = of.node("If", {condition}, y);
  GraphProto *taken = branch(one, "then_branch"), *other = branch(one, "else_branch");
  add(taken, "MatMul", {x, "w2"}, "t");
  add(taken, "Relu", {"t"}, "r");
  ends(taken, "r");
  add(other, "MatMul", {x, "w3"}, "t");
  ends(other, "t");
  return one;
}
maker with_weights() {
  maker of;
  of.constant("w2", {4, 2}), of.constant("w3", {4, 3});
  return of;
}

} // namespace

TEST_CASE("a constant condition takes its branch") {
  for (const bool value : {true, false}) {
    maker of = with_weights();
    truth(of, "c", value);
    two_branches(of, "c", "x", "y");
    CHECK(outcome(of) == (value ? "dense 2" : "dense 3"));
    of.model.mutable_graph()->mutable_node()->Mutable(0)->set_name("choice");
    CHECK(outcome(of) == (value ? "dense 2" : "dense 3"));
  }
}

TEST_CASE("so does one of a fixed shape, as exporters write a squeeze") {
  for (const std::int64_t extent : {4, 5}) {
    maker of = with_weights();
    of.integers("wanted", {extent}), of.integers("second", {1});
    of.node("Shape", {"x"}, "s");
    of.node("Gather", {"s", "second"}, "e");
    of.node("Equal", {"e", "wanted"}, "c");
    two_branches(of, "c", "x", "y");
    CHECK(outcome(of) == (extent == 4 ? "dense 2" : "dense 3"));
  }
}

TEST_CASE("names within a branch are its own, and a branch may hold another If, constants and a tensor from around it") {
  maker of = with_weights();
  truth(of, "yes", true), truth(of, "no", false);
  of.constant("v", {4, 4});
  of.node("MatMul", {"x", "v"}, "t"); // as both branches call theirs
  NodeProto* outer = of.node("If", {"no"}, "h");
  GraphProto *unused = branch(outer, "then_branch"), *taken = branch(outer, "else_branch");
  add(unused, "Neg", {"t"}, "n");
  ends(unused, "n");
  NodeProto* inner = add(taken, "If", {"yes"}, "i");
  GraphProto *first = branch(inner, "then_branch"), *second = branch(inner, "else_branch");
  ends(first, "t"); // nothing but what comes from around
  add(second, "Neg", {"t"}, "m");
  ends(second, "m");
  add(taken, "Tanh", {"i"}, "k");
  ends(taken, "k");
  two_branches(of, "yes", "h", "y");
  CHECK(outcome(of) == "dense 4, dense 2");
}

TEST_CASE("nodes before those that a branch takes something from are sorted") {
  maker of = with_weights();
  truth(of, "c", true);
  two_branches(of, "c", "h", "y");
  of.constant("v", {4, 4});
  of.node("MatMul", {"x", "v"}, "h");
  CHECK(outcome(of) == "dense 4, dense 2");
}

TEST_CASE("a condition that depends on the input, or on the number of samples, is refused") {
  const std::string words = "expected a condition that is the same for every input, found one that depends on it, or on a shape that is not fixed";
  maker of = with_weights();
  of.constant("zero", {}, 0), of.constant("column", {4, 1}, 1);
  of.node("MatMul", {"x", "column"}, "sum");
  of.node("Greater", {"sum", "zero"}, "c");
  two_branches(of, "c", "x", "y");
  CHECK_THAT(outcome(of), ContainsSubstring("node 'If_y' (If): " + words));
  maker samples = with_weights();
  samples.integers("wanted", {2}), samples.integers("first", {0});
  samples.node("Shape", {"x"}, "s");
  samples.node("Gather", {"s", "first"}, "e");
  samples.node("Equal", {"e", "wanted"}, "c");
  two_branches(samples, "c", "x", "y");
  CHECK_THAT(outcome(samples), ContainsSubstring("node 'If_y' (If): " + words));
}

TEST_CASE("a damaged If is an error that says where") {
  const auto changed = [](auto change) {
    maker of = with_weights();
    truth(of, "c", true);
    change(two_branches(of, "c", "x", "y"));
    return outcome(of);
  };
  const auto then_of = [](NodeProto* of) { return of->mutable_attribute(0)->mutable_g(); };
  CHECK_THAT(changed([&](NodeProto* of) { ends(then_of(of), "t"); }), ContainsSubstring("node 'If_y' (If): expected as many outputs of each branch as it has, 1, found 2"));
  CHECK_THAT(changed([&](NodeProto* of) { add(then_of(of), "Relu", {"t"}, "r"); }),
             ContainsSubstring("node 'If_y' (If): expected a name of its own for each tensor, found 'r' twice in 'then_branch'"));
  CHECK_THAT(changed([&](NodeProto* of) { then_of(of)->add_input()->set_name("z"); }),
             ContainsSubstring("node 'If_y' (If): expected 'then_branch' without inputs, found 1"));
  CHECK_THAT(changed([&](NodeProto* of) { of->mutable_attribute()->RemoveLast(); }), ContainsSubstring("node 'If_y' (If): expected a condition"));
  CHECK_THAT(changed([&](NodeProto* of) { add(then_of(of), "Relu", {"nowhere"}, "q"); }), ContainsSubstring("'nowhere', which is not"));
}
