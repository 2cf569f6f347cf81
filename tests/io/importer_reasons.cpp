// All reasons at once, what a file is in words, and shapes that are given.
#include "onnx_maker.hpp"

#include "explain.hpp"
#include "reasons.hpp"

#include "inlay/io/detail/file.hpp"

#include <cstdlib>

namespace {

std::vector<std::string> parts(const maker& of, const import_options& options = {}) {
  const std::string bytes = of.bytes();
  std::vector<std::string> all;
  for (const io::error& why : reasons(parse_graph(std::as_bytes(std::span(bytes)), "m"), options))
    all.push_back(why.part());
  return all;
}
using list = std::vector<std::string>;

/// A file of the model, gone with it.
struct temporary {
  std::filesystem::path path;
  explicit temporary(const maker& of) {
    char name[] = "/tmp/inlay.XXXXXX";
    path = mkdtemp(name);
    path /= "model.onnx";
    io::detail::write_file(path, of.bytes());
  }
  ~temporary() { std::filesystem::remove_all(path.parent_path()); }
};

} // namespace

TEST_CASE("all nodes that stand in the way are named, in the order of the graph") {
  maker of;
  SECTION("operators that are not known, each once with its number") {
    of.node("Unique", {"x"}, "a");
    of.node("Erf", {"a"}, "b");
    of.node("NonZero", {"b"}, "c");
    of.node("Unique", {"c"}, "y");
    CHECK(parts(of) == list{"node 'Unique_a' (Unique)", "node 'NonZero_c' (NonZero)"});
  }
  SECTION("what no layer is, one behind the other and in branches") {
    of.node("Exp", {"x"}, "a");
    of.node("Erf", {"a"}, "b");
    set(of.node("Softmax", {"a"}, "c"), "axis", std::int64_t{0});
    of.node("Max", {"b", "c"}, "d");
    of.node("Exp", {"d"}, "y");
    CHECK(parts(of) == list{"node 'Exp_a' (Exp)", "node 'Erf_b' (Erf)", "node 'Softmax_c' (Softmax)", "node 'Max_d' (Max)",
                            "node 'Exp_y' (Exp)"});
  }
  SECTION("nothing") {
    of.node("Relu", {"x"}, "y");
    CHECK(parts(of).empty());
  }
}

TEST_CASE("what is a net of a sequence but for one node is refused for that node") {
  maker of;
  of.reshape_input({-1, 5, 4});
  of.constant("w", {4, 2});
  of.node("MatMul", {"x", "w"}, "h"); // of samples that are no sequences it would be refused, too
  of.node("Sqrt", {"h"}, "y");
  CHECK(parts(of) == list{"node 'Sqrt_y' (Sqrt)"});
}

TEST_CASE("a batch of thousands that is written in is no reason") {
  maker of;
  of.reshape_input({789'444, 4});
  of.constant("w", {4, 3});
  of.node("MatMul", {"x", "w"}, "y");
  CHECK(parts(of).empty());
}

TEST_CASE("a file is explained as its layers, or by what stands in the way and what could be taken") {
  maker of;
  of.constant("w", {4, 3});
  of.node("MatMul", {"x", "w"}, "a");
  of.node("Tanh", {"a"}, "y");
  const temporary good(of);
  const auto taken = explain(good.path);
  CHECK(taken.taken);
  CHECK(taken.parameters == 15);
  CHECK(taken.multiply_adds == 12);
  CHECK(contains(taken.text, ": a net of float, x [n, 4] -> y []"));
  CHECK(contains(taken.text, "dense<3> tanh"));
  CHECK(contains(taken.text, "1 layer, 15 parameters, 12 multiply-adds"));
  of.node("NonZero", {"a"}, "z");
  maker::port(of.model.mutable_graph()->add_output(), "z", {});
  const temporary bad(of);
  const auto refused = explain(bad.path);
  CHECK_FALSE(refused.taken);
  CHECK(refused.reasons == 1);
  CHECK(contains(refused.text,
                 "node 'NonZero_z' (NonZero): expected an operator of which a net of inlay's layers is made, found NonZero\n"));
  CHECK(contains(refused.text, "OUTPUT y would be taken: 1 layer"));
  CHECK(contains(refused.text, "refused for 1 reason\n"));
  CHECK(contains(table({{"good", taken}, {"bad", refused}}), "2 files: 1 taken, 1 refused"));
  CHECK(contains(explain("/nonexistent").text, "/nonexistent"));
}

TEST_CASE("extents that a file leaves open are given") {
  maker of;
  of.reshape_input({-1, 1, -1, -1});
  of.constant("w", {2, 1, 3, 3});
  of.node("Conv", {"x", "w"}, "y");
  CHECK(contains(refusal(of), "m: input 'x': expected a fixed shape of a sample, as SHAPE x=1x64x64 gives it, found shape [n, 1, n, n]"));
  const auto model = import_bytes(of.bytes(), {.shapes = {{"x", {1, 5, 6}}}});
  CHECK(model.net.input == std::vector<std::size_t>{1, 5, 6});
  CHECK(model.inputs[0].shape_text == "[batch, 1, 5, 6]");
  CHECK(contains(refusal(of, {.shapes = {{"x", {2, 5, 6}}}}),
                 "m: SHAPE of 'x': expected extents from 1 that the file leaves open, [n, 1, n, n], found [2, 5, 6]"));
  CHECK(contains(refusal(of, {.shapes = {{"x", {5, 6}}}}), "expected a number for each extent of a sample"));
  CHECK(contains(refusal(of, {.shapes = {{"z", {5, 6}}}}), "m: SHAPE of 'z': expected an input of this name, found none"));
}
