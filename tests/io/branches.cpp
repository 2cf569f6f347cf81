// Layers of several branches, saved: names and shapes as PyTorch has them, the graph and the type in a header.
#include "onnx_maker.hpp"

#include "interpreter/evaluate.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/header.hpp>
#include <inlay/io/onnx.hpp>
#include <inlay/io/safetensors.hpp>

#include <fstream>
#include <sstream>

namespace {

using namespace inlay;
using joined = network<input<2, 9>, parallel<concat, branch<prelu<2>, inlay::activation<silu>>, branch<>, branch<inlay::activation<relu>>>,
                       residual<parallel<add, branch<prelu<6>>, branch<>, branch<inlay::activation<softplus>>>>, narrow<1, 4>,
                       parallel<multiply, branch<dense<8>, prelu<>>, branch<dense<8, sigmoid>>>, gated<inlay::tanh, leaky_relu_with<std::ratio<1, 5>>>,
                       glu, dense<3>>;

using policy = network<input_list<shape<3>, shape<2, 4>>,
                       parallel<concat, branch<from<1>, dense<5, inlay::tanh>>, branch<from<2>, prelu<2>, dense<4>>, branch<from<2>, dense<2>>>,
                       heads<branch<dense<2, inlay::tanh>>, branch<dense<4>, prelu<>, dense<1>>, branch<>>>;

template <class Net>
Net random_net() {
  Net net{};
  initialize(net, 7);
  auto parameters = get_parameters(net);
  for (std::size_t k = 0; k < parameters.size(); ++k) parameters[k] += 0.0625f * static_cast<float>(k % 5);
  set_parameters(net, parameters);
  return net;
}

std::string text_of_file(const char* path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// Numbers for an input, all different.
template <class Net>
typename Net::input_type sample() {
  typename Net::input_type x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 0.3f * static_cast<float>((i * 31) % 11) - 1.4f;
  return x;
}

} // namespace

TEST_CASE("parameters of branches are saved below the number of their branch") {
  const auto net = random_net<joined>();
  const auto bytes = io::save_safetensors(net);
  const io::detail::safetensors_file file(bytes, "memory");
  for (const char* name : {"0.0.0.weight", "1.0.0.0.weight", "3.0.1.weight", "3.0.2.weight", "3.1.1.bias", "6.weight"})
    CHECK(file.tensors.contains(name));
  CHECK(file.tensors.at("3.1.1.weight").shape == std::vector<std::size_t>{8, 36});
  CHECK(io::load_safetensors<joined>(bytes) == net);
}

TEST_CASE("what io computes of branches and the graph in ONNX are the net") {
  const auto net = random_net<joined>();
  const auto x = sample<joined>();
  const auto y = net(x);
  const std::vector<double> numbers(x.begin(), x.end());
  const auto model = inlay::onnx::parse_graph(io::save_onnx(net), "memory", "/nonexistent");
  const auto values = evaluate(model, {{"input", {{1, 2, 9}, numbers}}});
  const auto evaluated = io::detail::evaluate(io::detail::describe(net), numbers);
  for (std::size_t o = 0; o < y.size(); ++o) {
    CHECK(values.at("output").values[o] == Approx(y[o]).epsilon(1e-5));
    CHECK(evaluated[o] == Approx(y[o]).epsilon(1e-5));
  }
}

TEST_CASE("a header has the type of a net with branches, and its storage") {
  const auto net = random_net<joined>();
  const io::detail::storage_layout layout(io::detail::describe(net));
  REQUIRE(layout.numbers.size() == joined::topology::storage);
  for (std::size_t i = 0; i < layout.numbers.size(); ++i) REQUIRE(static_cast<float>(layout.numbers[i]) == net.theta()[i]);
  io::write_header("branches_net.hpp", net);
  const auto text = text_of_file("branches_net.hpp");
  const std::string at_its_indentation(29, ' ');
  CHECK(text.find(at_its_indentation + "inlay::parallel<inlay::multiply,\n" + at_its_indentation + "  inlay::branch<inlay::dense<8>,\n" +
                  at_its_indentation + "    inlay::prelu<>>,\n" + at_its_indentation + "  inlay::branch<inlay::dense<8, inlay::sigmoid>>>,\n") !=
        std::string::npos);
  CHECK(text.find("inlay::gated<inlay::tanh, inlay::leaky_relu_with<std::ratio<1, 5>>>,\n") != std::string::npos);
  CHECK(text.find("inlay::gated<inlay::identity, inlay::sigmoid>,\n") != std::string::npos);
}

TEST_CASE("several inputs and outputs are those of the graph, and from<k> is no module") {
  const auto net = random_net<policy>();
  const auto x = sample<policy>();
  const auto y = net(x);
  const std::vector<double> numbers(x.begin(), x.end());
  const auto evaluated = io::detail::evaluate(io::detail::describe(net), numbers);
  const auto model = inlay::onnx::parse_graph(io::save_onnx(net), "memory", "/nonexistent");
  const std::vector<double> first(numbers.begin(), numbers.begin() + 3), second(numbers.begin() + 3, numbers.end());
  const auto values = evaluate(model, {{"input1", {{1, 3}, first}}, {"input2", {{1, 2, 4}, second}}});
  REQUIRE(values.at("output3").shape == std::vector<std::int64_t>{1, 11});
  for (std::size_t o = 0; o < y.size(); ++o) {
    const auto& head = values.at(o < 2 ? "output1" : (o < 3 ? "output2" : "output3")).values;
    CHECK(head[o < 2 ? o : (o < 3 ? 0 : o - 3)] == Approx(y[o]).epsilon(1e-5));
    CHECK(evaluated[o] == Approx(y[o]).epsilon(1e-5));
  }
  const auto bytes = io::save_safetensors(net);
  const io::detail::safetensors_file file(bytes, "memory");
  for (const char* name : {"0.0.0.weight", "0.1.0.weight", "0.1.2.bias", "0.2.1.weight", "1.0.0.weight", "1.1.2.bias"})
    CHECK(file.tensors.contains(name));
  CHECK(io::load_safetensors<policy>(bytes) == net);
  io::write_header("branches_policy.hpp", net);
  const auto text = text_of_file("branches_policy.hpp");
  CHECK(text.find("inlay::network<inlay::input_list<inlay::shape<3>, inlay::shape<2, 4>>,\n") != std::string::npos);
  CHECK(text.find("inlay::branch<inlay::from<1>,\n") != std::string::npos);
  CHECK(text.find("inlay::heads<\n") != std::string::npos);
}
