// Permutations on the way: in front of a convolution and at an end a transposition is a layer, in front of a dense layer
// any permutation is part of its weights. That the layers compute what the graph does, import_model itself sees to.
#include "io/stored.hpp"
#include "onnx_maker.hpp"

#include "inlay/io/detail/text.hpp"

#include <inlay/inlay.hpp>

namespace {

using io::detail::layer_description;

std::string kinds(const std::vector<layer_description>& layers) {
  std::string text;
  for (const auto& layer : layers) {
    text += text.empty() ? "" : " ";
    text += layer.is.name + (layer.branches.empty() ? std::string() : "<" + kinds(layer.branches.back()) + ">");
  }
  return text;
}

/// The net's input shape and its layers, or why there are none.
std::string layers(const maker& of) {
  try {
    const auto net = import_bytes(of.bytes()).net;
    return io::detail::text_of(net.input) + " " + kinds(net.layers);
  } catch (const io::error& refused) {
    return refused.what();
  }
}

/// x [n, 5, 2], channels last.
struct sequence : maker {
  sequence() { reshape_input({-1, 5, 2}); }
  void transpose(const char* x, const char* y, std::vector<std::int64_t> order = {0, 2, 1}) {
    set(node("Transpose", {x}, y), "perm", std::move(order));
  }
};

/// x [n, 2, 2, 3], its first two dimensions exchanged, which no transposition of two dimensions does.
struct cube : sequence {
  cube() {
    reshape_input({-1, 2, 2, 3});
    transpose("x", "p", {0, 2, 1, 3});
  }
};

} // namespace

TEST_CASE("a convolution with channels last stands between transposes") {
  sequence of;
  of.constant("w", {3, 2, 2});
  of.transpose("x", "a");
  SECTION("at both ends") {
    of.node("Conv", {"a", "w"}, "b");
    of.transpose("b", "y");
    CHECK(layers(of) == "[5, 2] transpose conv1d transpose");
  }
  SECTION("which vanish between two") {
    of.constant("v", {2, 3, 2});
    of.node("Conv", {"a", "w"}, "b");
    of.transpose("b", "c");
    of.node("Tanh", {"c"}, "d");
    of.transpose("d", "e");
    of.node("Conv", {"e", "v"}, "y");
    CHECK(layers(of) == "[5, 2] transpose conv1d conv1d");
  }
  SECTION("and a dense layer behind it needs none") {
    of.constant("m", {12, 2});
    of.node("Conv", {"a", "w"}, "b");
    of.transpose("b", "c");
    of.node("Flatten", {"c"}, "d");
    of.node("MatMul", {"d", "m"}, "y");
    CHECK(layers(of) == "[5, 2] transpose conv1d dense");
  }
}

TEST_CASE("a scale of each channel goes through the transpose into the convolution") {
  sequence of;
  of.reshape_input({-1, 40, 2}); // too many for a dense layer that only scales
  of.constant("s", {2});
  of.constant("w", {3, 2, 2});
  of.node("Mul", {"x", "s"}, "a");
  of.transpose("a", "b");
  of.node("Conv", {"b", "w"}, "y");
  CHECK(layers(of) == "[40, 2] transpose conv1d");
}

TEST_CASE("a scale in front of a padded convolution in groups is folded into it, a shift is not, as zeros are around") {
  sequence of;
  of.reshape_input({-1, 4, 9, 8}); // too many for a dense layer that only scales
  of.constant("s", {4, 1, 1});
  of.constant("w", {6, 2, 3, 3});
  const auto convolve = [&] {
    auto* into = of.node("Conv", {"a", "w"}, "y");
    set(into, "group", 2);
    set(into, "pads", std::vector<std::int64_t>{1, 0, 0, 2});
    return into;
  };
  SECTION("a scale") {
    of.node("Mul", {"x", "s"}, "a");
    convolve();
    CHECK(layers(of) == "[4, 9, 8] conv2d");
  }
  SECTION("a shift") {
    of.node("Add", {"x", "s"}, "a");
    auto* convolution = convolve();
    CHECK(layers(of) == "[4, 9, 8] rescale conv2d");
    convolution->mutable_attribute(1)->clear_ints();
    CHECK(layers(of) == "[4, 9, 8] conv2d");
  }
}

TEST_CASE("a residual has the transposes that its convolution needs") {
  sequence of;
  of.constant("w", {2, 2, 1});
  of.transpose("x", "a");
  of.node("Conv", {"a", "w"}, "b");
  of.transpose("b", "c");
  of.node("Add", {"x", "c"}, "y");
  CHECK(layers(of) == "[5, 2] residual<transpose conv1d transpose>");
}

TEST_CASE("a transposition alone is a net") {
  sequence of;
  of.transpose("x", "y");
  CHECK(layers(of) == "[5, 2] transpose");
}

TEST_CASE("an input of one more dimension, or one less, has the two that are transposed") {
  sequence of;
  of.constant("w", {3, 2, 1, 2});
  SECTION("[n, 1, 5, 2], as an image of one row") {
    of.reshape_input({-1, 1, 5, 2});
    of.transpose("x", "a", {0, 3, 1, 2});
  }
  SECTION("[n, 10]") {
    of.reshape_input({-1, 10});
    of.integers("s", {-1, 1, 5, 2});
    of.node("Reshape", {"x", "s"}, "r");
    of.transpose("r", "a", {0, 3, 1, 2});
  }
  of.node("Conv", {"a", "w"}, "y");
  CHECK(layers(of) == "[5, 2] transpose conv1d");
}

TEST_CASE("another permutation is part of a dense layer") {
  cube of;
  of.constant("m", {12, 2});
  of.node("Flatten", {"p"}, "f");
  of.node("MatMul", {"f", "m"}, "y");
  CHECK(layers(of) == "[2, 2, 3] dense");
}

TEST_CASE("elsewhere it is parts of the features and a transpose") {
  cube of;
  SECTION("in front of a convolution") {
    of.constant("w", {3, 2, 2});
    of.integers("s", {-1, 2, 6});
    of.node("Reshape", {"p", "s"}, "r");
    of.node("Conv", {"r", "w"}, "y");
    CHECK(layers(of) == "[2, 2, 3] flatten parallel<narrow> reshape transpose reshape conv1d");
  }
  SECTION("at the output") {
    of.node("Relu", {"p"}, "y");
    CHECK(layers(of) == "[2, 2, 3] flatten parallel<narrow> activation reshape transpose");
  }
  SECTION("in a residual") {
    of.node("Add", {"x", "p"}, "y");
    CHECK(layers(of) == "[2, 2, 3] parallel<flatten parallel<narrow> reshape transpose flatten>");
  }
}

TEST_CASE("every second number, as h and c that are stacked along their last axis, is a row of the transpose") {
  maker of;
  of.reshape_input({-1, 200, 2});
  of.integers("k", {1});
  of.node("Gather", {"x", "k"}, "c");
  set(of.model.mutable_graph()->mutable_node(0), "axis", std::int64_t{2});
  of.node("Tanh", {"c"}, "y");
  CHECK(layers(of) == "[200, 2] transpose narrow activation");
}

TEST_CASE("a permutation that is none of these is refused") {
  maker of;
  of.reshape_input({-1, 131});
  std::vector<std::int64_t> cubes; // all numbers below a prime, in no order
  for (std::int64_t i = 0; i < 131; ++i)
    cubes.push_back(i * i % 131 * i % 131);
  of.integers("k", cubes);
  set(of.node("Gather", {"x", "k"}, "p"), "axis", std::int64_t{1});
  of.node("Relu", {"p"}, "y");
  CHECK(layers(of) == "m: output 'y': expected the features of a sample in their order, or transposed, found a permutation of them");
}

TEST_CASE("an image with channels last, as Keras has it, is turned at the input, and wherever else it must be") {
  sequence of;
  of.reshape_input({-1, 4, 5, 2});
  of.constant("w", {3, 2, 2, 2}), of.constant("s", {2});
  SECTION("between convolutions it stays as it is; what scales the input goes into the first") {
    of.constant("v", {2, 3, 2, 2});
    of.node("Mul", {"x", "s"}, "m");
    of.transpose("m", "a", {0, 3, 1, 2});
    of.node("Conv", {"a", "w"}, "b");
    of.transpose("b", "c", {0, 2, 3, 1});
    of.node("Relu", {"c"}, "d");
    of.transpose("d", "e", {0, 3, 1, 2});
    of.node("Conv", {"e", "v"}, "f");
    of.transpose("f", "g", {0, 2, 3, 1});
    SECTION("the output is turned back") {
      of.node("Identity", {"g"}, "y");
      CHECK(layers(of) == "[20, 2] transpose reshape conv2d conv2d reshape transpose");
    }
    SECTION("a dense layer takes it as it is") {
      of.constant("m2", {12, 2});
      of.node("Flatten", {"g"}, "h");
      of.node("MatMul", {"h", "m2"}, "y");
      CHECK(layers(of) == "[20, 2] transpose reshape conv2d conv2d dense");
    }
  }
  SECTION("the mean of all positions") {
    of.transpose("x", "a", {0, 3, 1, 2});
    of.node("Conv", {"a", "w"}, "b");
    of.transpose("b", "c", {0, 2, 3, 1});
    set(of.node("ReduceMean", {"c"}, "y"), "axes", std::vector<std::int64_t>{1, 2});
    CHECK(layers(of) == "[20, 2] transpose reshape conv2d global_avg_pool");
  }
}

TEST_CASE("what a dense layer gives is transposed in its weights") {
  maker of;
  of.constant("m", {4, 6});
  of.integers("s", {-1, 2, 3});
  of.node("MatMul", {"x", "m"}, "a");
  of.node("Reshape", {"a", "s"}, "b");
  set(of.node("Transpose", {"b"}, "y"), "perm", std::vector<std::int64_t>{0, 2, 1});
  CHECK(layers(of) == "[4] dense");
}

TEST_CASE("the numbers of a dense layer are stored where its type has them") {
  using net_t = inlay::network<inlay::input<64>, inlay::dense<34>>; // 32 outputs and 2
  maker of;
  of.reshape_input({-1, 64});
  of.constant("w", {64, 34});
  of.node("MatMul", {"x", "w"}, "y");
  CHECK(misplaced<net_t>(import_bytes(of.bytes()).net) == 0);
}
