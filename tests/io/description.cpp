// What a layer or an activation says of itself is enough to save it: nothing in io names it.
#include "onnx_maker.hpp"

#include "interpreter/evaluate.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/header.hpp>
#include <inlay/io/json.hpp>
#include <inlay/io/onnx.hpp>
#include <inlay/io/safetensors.hpp>

#include <fstream>
#include <sstream>

namespace mine {

/// z where z > 0, else 0; with a kink at 6.
struct relu6 {
  static constexpr inlay::description described{
      .name = "relu6", .header = "mine/relu6.hpp", .type = "mine::relu6", .onnx = "Clip(z, 0, 6)", .keras = "relu6"};
  template <class V>
  static constexpr inlay::value_and_derivative<V> at(V z) noexcept {
    using T = inlay::math::scalar_of<V>;
    using namespace inlay::math;
    return {minimum(V(T(6)), maximum(V(T(0)), z)), select(z > V(T(0)), V(T(1)), V(T(0)))};
  }
};

/// With a slip in its formula.
struct mistaken : relu6 {
  static constexpr inlay::description described{.name = "mistaken", .header = "mine/relu6.hpp", .onnx = "Clip(z, zero, 6)"};
};

struct nameless : inlay::relu {
  static constexpr struct {
  } described{};
};

} // namespace mine

namespace {

using prelus = inlay::network<inlay::input<2, 9>, inlay::conv1d<3, 3>, inlay::prelu<3>, inlay::dense<4>, inlay::prelu<4>,
                              inlay::dense<3, mine::relu6>, inlay::prelu<>>;

prelus random_net() {
  prelus net{};
  auto parameters = inlay::get_parameters(net);
  for (std::size_t k = 0; k < parameters.size(); ++k) parameters[k] = 0.125f * static_cast<float>((k * 7919) % 17) - 1;
  inlay::set_parameters(net, parameters);
  return net;
}

} // namespace

TEST_CASE("a layer that describes itself is saved as safetensors under PyTorch's names") {
  const auto net = random_net();
  const auto bytes = io::save_safetensors(net);
  const io::detail::safetensors_file file(bytes, "memory");
  REQUIRE(file.tensors.contains("1.weight"));
  CHECK(file.tensors.at("1.weight").shape == std::vector<std::size_t>{3});
  CHECK(file.tensors.at("4.weight").shape == std::vector<std::size_t>{4}); // Flatten, Linear before it
  CHECK(io::load_safetensors<prelus>(bytes) == net);
}

TEST_CASE("its formula is its graph in ONNX, and what io computes") {
  const auto net = random_net();
  const auto model = inlay::onnx::parse_graph(io::save_onnx(net), "memory", "/nonexistent");
  prelus::input_type x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 0.3f * static_cast<float>((i * 31) % 11) - 1.4f;
  const auto y = net(x);
  const std::vector<double> numbers(x.begin(), x.end());
  const auto values = evaluate(model, {{"input", {{1, 2, 9}, numbers}}});
  const auto evaluated = io::detail::evaluate(io::detail::describe(net), numbers);
  for (std::size_t o = 0; o < y.size(); ++o) {
    CHECK(values.at("output").values[o] == Approx(y[o]).epsilon(1e-5));
    CHECK(evaluated[o] == Approx(y[o]).epsilon(1e-5));
  }
}

TEST_CASE("its type is written into a header, with what defines it") {
  const auto net = random_net();
  io::write_header("description_net.hpp", net);
  std::stringstream text;
  text << std::ifstream("description_net.hpp").rdbuf();
  const std::string header = text.str();
  CHECK(contains(header, "#include <inlay/layer/prelu.hpp>"));
  CHECK(contains(header, "#include <mine/relu6.hpp>"));
  CHECK(contains(header, "inlay::prelu<3>"));
  CHECK(contains(header, "inlay::dense<3, mine::relu6>"));
  CHECK(contains(header, "inlay::prelu<>>;"));
}

TEST_CASE("an activation of one's own has a name in JSON if it says one") {
  const auto text = io::save_json(inlay::network<inlay::input<3>, inlay::dense<2, mine::relu6>>{});
  CHECK(contains(text, "\"activation\": \"relu6\""));
}

TEST_CASE("a formula of unknown words is refused where it is written") {
  const inlay::network<inlay::input<3>, inlay::dense<2, mine::mistaken>> net{};
  CHECK_THROWS_WITH(io::save_onnx(net), "memory: formula: expected a number, or the name of something, found 'zero'");
}

TEST_CASE("without a description it is refused in words") {
  const inlay::network<inlay::input<3>, inlay::dense<2, mine::nameless>> net{};
  const auto refused = [](auto f) {
    try {
      f();
    } catch (const io::error& error) {
      return std::string(error.what());
    }
    return std::string("nothing");
  };
  CHECK(refused([&] { io::save_onnx(net); }) ==
        "memory: activation: expected one that has a description, found one of your own without");
  CHECK(contains(refused([&] { io::save_json(net); }), "expected one that has a description"));
  CHECK(contains(refused([&] { io::write_header("nameless.hpp", net); }), "expected one that has a description"));
  CHECK(refused([&] { io::save_safetensors(net); }) == "nothing"); // it has no parameters
}
