// Features in groups, as rows of a sample: what is done to each of them, and along them.
#include "onnx_maker.hpp"

#include "reasons.hpp"

namespace {

std::string kinds_of(const maker& of) { return layer_names(import_bytes(of.bytes()).net.layers); }

/// x -> dense -> [n, 2, 3] named "rows".
maker in_rows() {
  maker of;
  of.constant("w", {4, 6}, -0.9f), of.integers("two rows", {-1, 2, 3});
  of.node("MatMul", {"x", "w"}, "flat");
  of.node("Reshape", {"flat", "two rows"}, "rows");
  return of;
}

} // namespace

TEST_CASE("a softmax of each of several groups is one of each branch") {
  auto of = in_rows();
  SECTION("along the last axis") {
    set(of.node("Softmax", {"rows"}, "y"), "axis", std::int64_t{2});
    CHECK(kinds_of(of) == "dense, parallel<narrow, softmax | narrow, softmax>");
  }
  SECTION("along another") {
    set(of.node("LogSoftmax", {"rows"}, "y"), "axis", std::int64_t{1});
    CHECK(kinds_of(of) == "dense, parallel<narrow, log_softmax | narrow, log_softmax | narrow, log_softmax>, reshape, transpose");
  }
  SECTION("the mean of a distribution, as C51 has it") {
    set(of.node("Softmax", {"rows"}, "p"), "axis", std::int64_t{-1});
    of.constant("atoms", {3}, -1);
    of.node("Mul", {"p", "atoms"}, "weighted");
    of.integers("axes", {2});
    set(of.node("ReduceSum", {"weighted", "axes"}, "y"), "keepdims", std::int64_t{0});
    CHECK(kinds_of(of) == "dense, parallel<narrow, softmax | narrow, softmax>, dense");
  }
}

TEST_CASE("what is reduced along any axis of the features") {
  auto of = in_rows();
  for (const std::int64_t axis : {1, 2}) {
    auto mean = of, largest = of;
    set(mean.node("ReduceMean", {"rows"}, "y"), "axes", std::vector<std::int64_t>{axis});
    CHECK(kinds_of(mean) == (axis == 1 ? "dense" : "dense, reshape, global_avg_pool"));
    set(largest.node("ReduceMax", {"rows"}, "y"), "axes", std::vector<std::int64_t>{axis});
    CHECK(kinds_of(largest) == "dense, reshape, global_max_pool");
  }
}

TEST_CASE("the same dense layer of each row of a sample is a convolution of kernel 1") {
  maker of;
  maker::port(of.model.mutable_graph()->add_input(), "entities", {-1, 5, 3});
  of.constant("w", {3, 6}, -0.9f), of.constant("b", {6}, 0.1f), of.constant("v", {10, 2}, -0.4f);
  of.node("MatMul", {"entities", "w"}, "product");
  of.node("Add", {"product", "b"}, "biased");
  of.node("Relu", {"biased"}, "each");
  auto* largest = of.node("ReduceMax", {"each"}, "all");
  set(largest, "axes", std::vector<std::int64_t>{1}), set(largest, "keepdims", std::int64_t{0});
  set(of.node("Concat", {"x", "all"}, "both"), "axis", std::int64_t{1});
  of.node("MatMul", {"both", "v"}, "y");
  CHECK(contains(kinds_of(of), "conv1d relu, global_max_pool"));
}

TEST_CASE("a convolution of one position is a dense layer: squeeze and excitation") {
  maker of;
  of.reshape_input({-1, 4, 6, 5});
  of.constant("w", {4, 4, 3, 3}, -0.9f), of.constant("down", {2, 4, 1, 1}, -0.3f), of.constant("up", {4, 2, 1, 1}, 0.2f);
  of.node("Conv", {"x", "w"}, "c");
  of.node("GlobalAveragePool", {"c"}, "mean");
  of.node("Conv", {"mean", "down"}, "few");
  of.node("Relu", {"few"}, "r");
  of.node("Conv", {"r", "up"}, "many");
  of.node("Sigmoid", {"many"}, "gate");
  of.node("Mul", {"c", "gate"}, "y");
  CHECK(contains(kinds_of(of), "global_avg_pool, dense relu, dense sigmoid"));
}

TEST_CASE("LogSigmoid is a softplus turned about") {
  maker of;
  of.constant("w", {4, 6}, -0.9f);
  of.node("MatMul", {"x", "w"}, "flat");
  of.node("Sigmoid", {"flat"}, "s");
  of.node("Log", {"s"}, "y");
  CHECK(contains(kinds_of(of), "dense softplus, rescale"));
}

TEST_CASE("whole numbers that are only cast to floats are floats, with a line") {
  maker of;
  of.model.mutable_graph()->mutable_input(0)->Clear();
  maker::port(of.model.mutable_graph()->mutable_input(0), "x", {-1, 4}, TensorProto::UINT8);
  of.constant("w", {4, 2});
  set(of.node("Cast", {"x"}, "cast"), "to", std::int64_t{TensorProto::FLOAT});
  of.node("MatMul", {"cast", "w"}, "y");
  const auto model = import_bytes(of.bytes());
  CHECK(layer_names(model.net.layers) == "dense");
  CHECK(model.notes.at(0) == "input 'x': its UINT8 are cast to floats, which the net takes");
}

TEST_CASE("several matrices for as many parts of the features are one map") {
  auto of = in_rows();
  of.constant("each", {2, 3, 2}, -0.7f);
  of.integers("apart", {-1, 2, 1, 3});
  of.node("Reshape", {"rows", "apart"}, "parts");
  of.node("MatMul", {"parts", "each"}, "y");
  CHECK(kinds_of(of) == "dense");
}

TEST_CASE("weights that are quantized and back are the floats that come out") {
  maker of;
  of.constant("w", {4, 3}, -0.9f), of.constant("scale", {}, 0.02f);
  auto* zero = of.model.mutable_graph()->add_initializer();
  zero->set_name("zero"), zero->set_data_type(TensorProto::INT8), zero->add_int32_data(-5);
  of.node("QuantizeLinear", {"w", "scale", "zero"}, "q");
  of.node("DequantizeLinear", {"q", "scale", "zero"}, "back");
  of.node("MatMul", {"x", "back"}, "y");
  const auto model = import_bytes(of.bytes());
  REQUIRE(layer_names(model.net.layers) == "dense");
  CHECK(model.net.layers[0].parameters[0].values[0] == Approx(-0.9).margin(1e-6)); // -45 - 5 and back
}

TEST_CASE("what is refused of one branch of a Concat does not spoil another") { // reads out of bounds, once
  maker of;
  of.integers("begin", {0}), of.integers("end", {2}), of.integers("axis", {1});
  of.node("Slice", {"x", "begin", "end", "axis"}, "part");
  of.node("Exp", {"part"}, "e");
  set(of.node("Concat", {"e", "x"}, "y"), "axis", std::int64_t{1});
  const auto bytes = of.bytes();
  const auto all = reasons(parse_graph(std::as_bytes(std::span(bytes)), "m", "/nonexistent"), {});
  REQUIRE(all.size() == 1);
  CHECK(contains(all[0].what(), "(Exp)"));
}

TEST_CASE("features by their indices, as torch.export writes them") {
  maker of;
  of.constant("w", {3, 2}, -0.7f);
  auto* which = of.model.mutable_graph()->add_initializer();
  which->set_name("which"), which->set_data_type(TensorProto::INT64), which->add_dims(3), which->add_dims(1);
  for (const int k : {3, 0, -2})
    which->add_int64_data(k);
  set(of.node("Transpose", {"x"}, "turned"), "perm", std::vector<std::int64_t>{1, 0});
  of.node("GatherND", {"turned", "which"}, "chosen");
  set(of.node("Transpose", {"chosen"}, "back"), "perm", std::vector<std::int64_t>{1, 0});
  of.node("MatMul", {"back", "w"}, "y");
  CHECK(kinds_of(of) == "dense");
}
