// Models that no exporter writes: damaged, or made to harm.
#include "onnx_maker.hpp"

TEST_CASE("a damaged model is refused") {
  maker of;
  of.constant("w", {4, 2});
  of.node("MatMul", {"x", "w"}, "y");
  REQUIRE(refusal(of) == "accepted");

  SECTION("data and shape that differ") {
    of.model.mutable_graph()->mutable_initializer(0)->set_dims(0, 5);
    CHECK(refusal(of) == "m: initializer 'w': expected 10 elements for shape [5, 2], found 8");
  }
  SECTION("a shape that overflows") {
    of.model.mutable_graph()->mutable_initializer(0)->set_dims(0, std::int64_t{1} << 62);
    of.model.mutable_graph()->mutable_initializer(0)->set_dims(1, 8);
    CHECK(contains(refusal(of),
                   "expected a shape of extents from 0 and at most 2^40 elements, found [4611686018427387904, 8]"));
  }
  SECTION("raw data cut short") {
    auto* w = of.model.mutable_graph()->mutable_initializer(0);
    w->clear_float_data();
    w->set_raw_data(std::string(31, '\0'));
    CHECK(refusal(of) == "m: initializer 'w': expected 32 bytes for shape [4, 2], found 31");
  }
  SECTION("external data elsewhere") {
    auto* w = of.model.mutable_graph()->mutable_initializer(0);
    w->set_data_location(TensorProto::EXTERNAL);
    auto* entry = w->add_external_data();
    entry->set_key("location");
    for (const char* location : {"../w", "/etc/passwd", ""}) {
      entry->set_value(location);
      CHECK(contains(refusal(of), "expected external data in a file beside the model"));
    }
  }
  SECTION("a name twice, a cycle, an unknown input, an output that nothing computes") {
    maker twice = of;
    *twice.model.mutable_graph()->add_initializer() = of.model.graph().initializer(0);
    CHECK(refusal(twice) == "m: initializer 'w': expected each name once, found this one twice");
    maker cycle = of;
    cycle.model.mutable_graph()->mutable_node(0)->set_input(0, "y");
    CHECK(refusal(cycle) ==
          "m: node 'MatMul_y' (MatMul): expected inputs that are computed before it, found 'y', which is not");
    maker nothing = of;
    nothing.model.mutable_graph()->clear_node();
    CHECK(refusal(nothing) == "m: output 'y': expected a node that computes it, found none");
  }
  SECTION("cut short, or with one bit turned: refused, or another model") {
    const std::string whole = of.bytes();
    for (std::size_t n = 0; n < whole.size(); ++n)
      try {
        import_bytes(whole.substr(0, n));
      } catch (const io::error&) {
      }
    for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      std::string turned = whole;
      turned[bit / 8] = static_cast<char>(turned[bit / 8] ^ 1 << bit % 8);
      try {
        import_bytes(turned);
      } catch (const io::error&) {
      }
    }
  }
  SECTION("an attribute nested 10 000 times") { // GraphProto.node.attribute.g, again and again, as bytes
    const auto wrapped = [](char tag, const std::string& inside) {
      std::string text(1, tag);
      std::size_t n = inside.size();
      for (; n > 127; n >>= 7)
        text += static_cast<char>((n & 127) | 128);
      return text + static_cast<char>(n) + inside;
    };
    std::string nested;
    for (int i = 0; i < 10000; ++i)
      nested = wrapped('\x0a', wrapped('\x2a', wrapped('\x32', nested)));
    CHECK_THROWS_AS(import_bytes(wrapped('\x3a', nested)), io::error);
  }
  SECTION("nodes without an operator, without a name, without an output, with one that no terminal should see") {
    of.model.mutable_graph()->mutable_node(0)->set_op_type("");
    CHECK(refusal(of) == "m: node 'MatMul_y' (): expected an operator of which a net of inlay's "
                         "layers is made, found none");
    of.model.mutable_graph()->mutable_node(0)->set_op_type("\x1b[2J" + std::string(1000, 'x'));
    const std::string words = refusal(of);
    CHECK(words.size() < 400);
    CHECK(words.find('\x1b') == std::string::npos);
    of.model.mutable_graph()->mutable_node(0)->clear_output();
    CHECK(refusal(of) == "m: output 'y': expected a node that computes it, found none");
    of.model.mutable_graph()->clear_output();
    CHECK(contains(refusal(of), "found none"));
  }
  SECTION("results that together are far larger than the file") {
    maker large;
    maker::port((large.model.mutable_graph()->clear_input(), large.model.mutable_graph()->add_input()), "x",
                {-1, 60000});
    std::string last = "x";
    std::vector<std::string> names;
    for (int i = 0; i < 40; ++i)
      names.push_back("t" + std::to_string(i));
    for (const auto& name : names)
      large.node("Relu", {last.c_str()}, name.c_str()), last = name;
    large.node("Tanh", {last.c_str()}, "y");
    CHECK(contains(refusal(large), "elements in all results together, found more"));
  }
}
