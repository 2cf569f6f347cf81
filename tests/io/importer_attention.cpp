// Attention of a sequence to itself, as ONNX's operator and as the products that exporters write: which layer it becomes, and what is
// refused. That the layers compute what the graph does, import_model itself sees to; models/sequence_attention_* are PyTorch's.
#include "onnx_maker.hpp"

#include "reasons.hpp"

namespace {

constexpr int steps = 5, features = 8;

std::string outcome(const maker& of) {
  try {
    std::string text;
    for (const auto& layer : import_bytes(of.bytes()).net.layers) {
      text += (text.empty() ? "" : ", ") + std::string(layer.is.name);
      if (layer.is_a("self_attention"))
        text += " " + std::to_string(layer.number("heads")) + (layer.list("is_causal")[0] ? " causal" : "") +
                (layer.list("window")[0] ? " " + std::to_string(layer.list("window")[0]) : "");
    }
    return text;
  } catch (const io::error& refused) {
    return refused.what();
  }
}

/// All reasons of a refusal, a line each.
std::string why(const maker& of) {
  const std::string bytes = of.bytes();
  std::string text;
  for (const io::error& one : reasons(parse_graph(std::as_bytes(std::span(bytes)), "m"), {}))
    text += std::string(one.what()) + "\n";
  return text;
}

void set_float(NodeProto* of, const char* name, float value) {
  auto* into = add_attribute(of, name);
  into->set_type(AttributeProto::FLOAT);
  into->set_f(value);
}
void truths(maker& of, const char* name, auto value) {
  auto* into = of.model.mutable_graph()->add_initializer();
  into->set_name(name);
  into->set_data_type(TensorProto::BOOL);
  into->add_dims(steps), into->add_dims(steps);
  for (int step = 0; step < steps; ++step)
    for (int to = 0; to < steps; ++to)
      into->add_int32_data(value(step, to));
}

/// q, k and v of x, weights of several sizes.
maker projected(std::vector<int> shape = {-1, steps, features}) {
  maker of;
  of.model.mutable_opset_import(0)->set_version(23);
  of.reshape_input(std::move(shape));
  float first = -2.3f;
  for (const char* name : {"wq", "wk", "wv", "wo"}) {
    TensorProto* weights = of.constant(name, {features, features}, 0);
    for (int i = 0; i < features * features; ++i)
      weights->set_float_data(i, static_cast<float>(0.7 * std::sin(first + 1.9f * static_cast<float>(i))));
    first += 1;
  }
  of.node("MatMul", {"x", "wq"}, "q"), of.node("MatMul", {"x", "wk"}, "k"), of.node("MatMul", {"x", "wv"}, "v");
  return of;
}
NodeProto* attention(maker& of, std::vector<const char*> inputs, int heads) {
  NodeProto* one = of.node("Attention", std::move(inputs), "o");
  set(one, "q_num_heads", std::int64_t{heads}), set(one, "kv_num_heads", std::int64_t{heads});
  of.node("MatMul", {"o", "wo"}, "y");
  return one;
}

} // namespace

TEST_CASE("the operator of opset 23 is the layer, with its heads, scale and mask") {
  for (const int heads : {1, 2, 8}) {
    maker of = projected();
    attention(of, {"q", "k", "v"}, heads);
    CHECK(outcome(of) == "self_attention " + std::to_string(heads));
  }
  maker causal = projected();
  set(attention(causal, {"q", "k", "v"}, 4), "is_causal", std::int64_t{1});
  CHECK(outcome(causal) == "self_attention 4 causal");
  maker scaled = projected();
  set_float(attention(scaled, {"q", "k", "v"}, 2), "scale", 3.0f);
  CHECK(outcome(scaled) == "self_attention 2");
  maker window = projected();
  truths(window, "mask", [](int step, int to) { return to <= step && to > step - 2; });
  attention(window, {"q", "k", "v", "mask"}, 2);
  CHECK(outcome(window) == "self_attention 2 causal 2");
}

TEST_CASE("steps may come first, and a softmax may leave all but nothing to the others") {
  maker of = projected({steps, -1, features});
  of.integers("one", {1});
  set(of.node("Transpose", {"q"}, "qt"), "perm", std::vector<std::int64_t>{1, 0, 2});
  set(of.node("Transpose", {"k"}, "kt"), "perm", std::vector<std::int64_t>{1, 2, 0});
  set(of.node("Transpose", {"v"}, "vt"), "perm", std::vector<std::int64_t>{1, 0, 2});
  of.constant("scale", {}, 400);
  of.node("MatMul", {"qt", "kt"}, "s");
  of.node("Mul", {"s", "scale"}, "t");
  set(of.node("Softmax", {"t"}, "p"), "axis", std::int64_t{-1});
  of.node("MatMul", {"p", "vt"}, "o");
  set(of.node("Transpose", {"o"}, "y"), "perm", std::vector<std::int64_t>{1, 0, 2});
  CHECK(outcome(of) == "self_attention 1");
}

TEST_CASE("what self_attention does not do is refused") {
  const auto with_mask = [](auto value) {
    maker of = projected();
    truths(of, "mask", value);
    attention(of, {"q", "k", "v", "mask"}, 2);
    return why(of);
  };
  CHECK_THAT(with_mask([](int step, int to) { return to >= step; }), ContainsSubstring("or attention of a sequence to itself"));          // of what comes
  CHECK_THAT(with_mask([](int step, int to) { return (step + to) % 2 == 0; }), ContainsSubstring("or attention of a sequence to itself")); // every other
  maker fewer = projected();
  set(attention(fewer, {"q", "k", "v"}, 4), "kv_num_heads", std::int64_t{2});
  CHECK_THAT(why(fewer), ContainsSubstring("Attention"));
  maker capped = projected();
  set_float(attention(capped, {"q", "k", "v"}, 4), "softcap", 5.0f);
  CHECK_THAT(why(capped), ContainsSubstring("Attention"));
  maker sample = projected({-1, features}); // no sequence
  sample.integers("three", {0, 1, features});
  for (const char* name : {"q", "k", "v"})
    sample.node("Reshape", {name, "three"}, (std::string(name) + "3").c_str());
  attention(sample, {"q3", "k3", "v3"}, 2);
  CHECK_THAT(why(sample), ContainsSubstring("or attention of a sequence to itself"));
  maker places = projected();
  places.constant("places", {steps, features});
  places.node("Add", {"v", "places"}, "w"); // what tells steps apart
  attention(places, {"q", "k", "w"}, 2);
  CHECK_THAT(why(places), ContainsSubstring("constants that are the same for all steps"));
}
