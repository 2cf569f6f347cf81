// A net that is saved as ONNX is read back by the importer as the same layers with the same parameters; and
// frozen into a header whose storage is the net's.
#include "catch.hpp"

#include "import.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/header.hpp>
#include <inlay/io/onnx.hpp>

#include <fstream>

namespace {

namespace io = inlay::io;
using inlay::activation, inlay::basic_network, inlay::conv1d, inlay::dense, inlay::input, inlay::network,
    inlay::residual;

template <class Net>
Net random_net() {
  Net net{};
  inlay::initialize(net, 11);
  auto parameters = inlay::get_parameters(net);
  for (std::size_t k = 0; k < parameters.size(); ++k) // an exact product: fused or not, the sum is the same
    parameters[k] += typename Net::scalar(0.0078125) * static_cast<typename Net::scalar>(k % 7);
  inlay::set_parameters(net, parameters);
  return net;
}

/// Saved, imported, and compared: the type, the parameters, what is computed.
template <class Net>
void check_round_trip() {
  const auto net = random_net<Net>();
  const auto bytes = io::save_onnx(net);
  const auto imported = inlay::onnx::import_model(inlay::onnx::parse_graph(bytes, "memory", "/nonexistent"));
  const auto wanted = io::detail::describe(net);
  REQUIRE(imported.net.layers.size() == wanted.layers.size());
  CHECK(imported.net.input == wanted.input);
  CHECK(io::detail::assemble<Net>(imported.net) == net);
  for (std::size_t l = 0; l < wanted.layers.size(); ++l) {
    CHECK(imported.net.layers[l].is_a(wanted.layers[l].is.name));
    CHECK(imported.net.layers[l].arguments == wanted.layers[l].arguments);
    CHECK(imported.net.layers[l].activation.name == wanted.layers[l].activation.name);
    CHECK(imported.net.layers[l].activation.parameter == Approx(wanted.layers[l].activation.parameter).epsilon(1e-7));
  }
  for (std::size_t s = 0; s < imported.x.size(); ++s) {
    typename Net::input_type x{};
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = static_cast<typename Net::scalar>(imported.x[s][i]);
    const auto y = net(x);
    for (std::size_t o = 0; o < y.size(); ++o)
      CHECK(static_cast<double>(y[o]) == Approx(imported.y[s][o]).epsilon(1e-5).margin(1e-5));
  }
}

template <class Net>
void check_storage() {
  auto net = random_net<Net>();
  const io::detail::storage_layout layout(io::detail::describe(net));
  REQUIRE(layout.numbers.size() == Net::topology::storage);
  REQUIRE(layout.places.size() == Net::parameter_count);
  for (std::size_t i = 0; i < layout.numbers.size(); ++i)
    REQUIRE(static_cast<typename Net::scalar>(layout.numbers[i]) == net.theta()[i]);
  for (std::size_t k = 0; k < layout.places.size(); ++k)
    REQUIRE(layout.places[k] == Net::topology::stack::index(k));
}

template <class F>
std::string refusal(F f) {
  try {
    f();
  } catch (const io::error& refused) {
    return refused.what();
  }
  return "accepted";
}

} // namespace

// models/saved_*.onnx are such files; make_saved.py has run onnxruntime on them. To make them again, after a change of
// what is written: io.onnx "[write]", then the script.
namespace {

using every_activation =
    network<input<3>, dense<4, inlay::relu>, dense<4, inlay::leaky_relu>,
            dense<4, inlay::leaky_relu_with<std::ratio<1, 5>>>, dense<4, inlay::elu>,
            dense<4, inlay::elu_with<std::ratio<1, 2>>>, dense<4, inlay::celu_with<std::ratio<1, 2>>>,
            dense<4, inlay::selu>, dense<4, inlay::sigmoid>, dense<4, inlay::tanh>, dense<4, inlay::gelu>,
            dense<4, inlay::gelu_tanh>, dense<4, inlay::silu>, dense<4, inlay::mish>, dense<4, inlay::softplus>,
            dense<4, inlay::softsign>, dense<4, inlay::hard_sigmoid>, dense<4, inlay::hard_tanh>,
            dense<4, inlay::hard_swish>, dense<4, inlay::log_softmax>, dense<2, inlay::softmax>>;
template <class T>
using every_layer = basic_network<T, input<2, 9>, conv1d<3, 3, inlay::tanh, 2>, conv1d<2, 2, inlay::identity, 1, 2>,
                                  activation<inlay::softmax>, dense<5>, residual<dense<7, inlay::relu>, dense<5>>,
                                  activation<inlay::relu>, dense<2>>;
using channels_last =
    network<input<9, 2>, inlay::transpose, conv1d<3, 3, inlay::relu>,
            residual<inlay::transpose, conv1d<7, 1, inlay::tanh>, inlay::transpose>, conv1d<2, 2>, inlay::transpose>;

const auto models = std::filesystem::path(__FILE__).parent_path() / "models";

template <class Net>
void check_saved(const char* name, const std::vector<typename Net::input_type>& xs,
                 const std::vector<typename Net::output_type>& ys) {
  INFO(name);
  const auto net = random_net<Net>();
  CHECK(io::save_onnx(net) == io::detail::read_file(models / name));
  for (std::size_t s = 0; s < xs.size(); ++s)
    for (std::size_t o = 0; o < Net::outputs; ++o)
      CHECK(static_cast<double>(net(xs[s])[o]) == Approx(static_cast<double>(ys[s][o])).epsilon(1e-5).margin(1e-5));
}

} // namespace

TEST_CASE("every activation goes out and comes back") { check_round_trip<every_activation>(); }

TEST_CASE("every layer goes out and comes back") {
  check_round_trip<every_layer<float>>();
  check_round_trip<every_layer<double>>();
  check_round_trip<network<input<2, 3>, dense<2>>>();
  check_round_trip<channels_last>();
}

TEST_CASE("an expect, wherever it stands in a list, changes nothing of what is written") {
  using inlay::expect, inlay::shape, inlay::transpose;
  using plain = network<input<2, 9>, conv1d<3, 3, inlay::tanh>,
                        residual<transpose, activation<inlay::relu>, transpose, conv1d<3, 1>>, activation<inlay::softmax>,
                        dense<5>, residual<residual<dense<5>>>>;
  using expecting =
      network<input<2, 9>, expect<shape<2, 9>>, expect<shape<2, 9>>, conv1d<3, 3, inlay::tanh>, expect<shape<3, 7>>,
              residual<expect<shape<3, 7>>, transpose, expect<shape<7, 3>>, activation<inlay::relu>, expect<shape<7, 3>>,
                       transpose, conv1d<3, 1>, expect<shape<3, 7>>>,
              expect<shape<3, 7>>, activation<inlay::softmax>, expect<shape<3, 7>>, dense<5>, expect<shape<5>>,
              residual<expect<shape<5>>, residual<dense<5>, expect<shape<5>>>, expect<shape<5>>>, expect<shape<5>>>;
  const auto net = random_net<expecting>();
  plain same{};
  inlay::set_parameters(same, inlay::get_parameters(net));
  CHECK(io::save_onnx(net) == io::save_onnx(same));
  CHECK(io::detail::describe(net).layers == io::detail::describe(same).layers);
  const auto written = [](const auto& of) {
    const auto path = std::filesystem::temp_directory_path() / "inlay_io_test_expect.hpp";
    io::write_header(path, of, {.name = "expecting"});
    const auto bytes = io::detail::read_file(path);
    std::filesystem::remove(path);
    return bytes;
  };
  CHECK(written(net) == written(same));
  check_storage<expecting>();
}

TEST_CASE("a net of double is written in float where that is asked for") {
  auto net = random_net<every_layer<double>>();
  const auto bytes = io::save_onnx(net, {.as_float = true});
  const auto imported = inlay::onnx::import_model(inlay::onnx::parse_graph(bytes, "memory", "/nonexistent"));
  CHECK_FALSE(imported.net.double_precision);
  const auto back = inlay::get_parameters(io::detail::assemble<every_layer<float>>(imported.net));
  const auto gone = inlay::get_parameters(net);
  for (std::size_t k = 0; k < back.size(); ++k)
    CHECK(back[k] == static_cast<float>(gone[k]));
  net.layer<1>().bias(0) = 1e300;
  CHECK_THROWS_WITH(io::save_onnx(net, {.as_float = true}),
                    "memory: tensor '0.bias', element 0: expected a number that the net's scalar can hold, found 1e+300");
}

TEST_CASE("a parameter that is infinite or NaN is not written, unless that is asked for") {
  auto net = random_net<every_layer<float>>();
  net.layer<7>().weight(1, 3) = __builtin_nanf("");
  CHECK_THROWS_WITH(io::save_onnx(net), "memory: tensor '8.weight', element 8: expected a finite number (or "
                                        ".allow_non_finite = true), found nan");
  CHECK_FALSE(io::save_onnx(net, {.allow_non_finite = true}).empty());
}

TEST_CASE("onnxruntime computes the same of what is saved"){
#include "models/expected_saved.inc"
}

TEST_CASE("write the models that onnxruntime is to run", "[.write]") {
  io::save_onnx(models / "saved_activations.onnx", random_net<every_activation>());
  io::save_onnx(models / "saved_layers.onnx", random_net<every_layer<float>>());
  io::save_onnx(models / "saved_transposes.onnx", random_net<channels_last>());
}

TEST_CASE("what ONNX cannot express is refused") {
  CHECK_THROWS_WITH(io::save_onnx(network<input<1>, dense<1, inlay::fast_tanh>>{}),
                    "memory: activation: expected one that ONNX can express, found 'fast_tanh'");
}

TEST_CASE("the storage that a generated header holds is that of the type") {
  check_storage<network<input<3>, dense<1>>>();
  check_storage<network<input<5>, dense<4>, dense<5>, dense<8>, dense<9>, dense<16>, dense<17>>>();
  check_storage<network<input<7>, dense<63>, dense<64>, dense<65>, dense<80>, dense<128>, dense<129>, dense<200>>>();
  check_storage<basic_network<double, input<2, 30>, conv1d<5, 3>, conv1d<33, 2>, dense<3>,
                              residual<dense<31>, dense<3>>, dense<70>, dense<1>>>();
  check_storage<channels_last>();
}

TEST_CASE("a frozen header") {
  const auto path = std::filesystem::temp_directory_path() / "inlay_io_test_frozen.hpp";
  const auto text = [&] {
    std::ifstream in(path);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  network<input<1>, dense<1, inlay::tanh>> net{};
  net.layer<1>().assign(std::array{0.5f}, std::array{-2.0f});
  io::write_header(path, net, {.name = "gain", .verify_with = {{1.0}}});
  CHECK(text().find("struct gain_t {") != std::string::npos);
  CHECK(text().find("inlay::dense<1, inlay::tanh>>;") != std::string::npos);
  CHECK(text().find("verification_outputs") != std::string::npos);
  io::write_header(path, channels_last{}, {.name = "turned", .verify_with = {}});
  CHECK(text().find("inlay::network<inlay::input<9, 2>,\n                             inlay::transpose,\n") !=
        std::string::npos);
  CHECK(text().find("#include <inlay/layer/transpose.hpp>") != std::string::npos);
  std::filesystem::remove(path);
  CHECK_THROWS_AS(io::write_header(path, net, {.name = "gain", .verify_with = {{1.0, 2.0}}}), io::error);
  for (const char* name : {"2", "a b", "double", "inlay", "_x", "a__b", "net", "size", "mode", "clock", "time", "div", "gamma",
                           "index", "abs", "log", "tanh", "tanhf", "sinl", "read", "y1", "errno", "asm", "int32", "unix", "co_await"})
    CHECK(refusal([&] {
            io::write_header(path, net, {.name = name, .verify_with = {}});
          }).find(std::string("expected a C++ identifier that is free, found '") + name + "', wh") != std::string::npos);
  net.layer<1>().bias(0) = HUGE_VALF;
  CHECK(refusal([&] {
          io::write_header(path, net, {.name = "gain", .verify_with = {}});
        }).find("tensor '0.bias', element 0: expected a finite number, found inf") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(path));
}
