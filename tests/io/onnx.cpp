// A net that is saved as ONNX is read back by the importer as the same layers with the same parameters; and
// frozen into a header whose storage is the net's.
#include "saved_onnx.hpp"

#include "io/refused.hpp"
#include "interpreter/evaluate.hpp"

#include <fstream>

namespace {

namespace io = inlay::io;
using inlay::activation, inlay::basic_network, inlay::before_after, inlay::conv1d, inlay::conv2d, inlay::conv_options, inlay::dense,
    inlay::input, inlay::network, inlay::residual;

constexpr std::uint64_t seed = 11;

/// Saved, imported, and compared: the type, the parameters, what is computed.
template <class Net>
void check_round_trip() {
  const auto net = random_net<Net>(seed);
  const auto imported = read_back(net);
  const auto wanted = io::detail::describe(net);
  for (std::size_t l = 0; l < wanted.layers.size(); ++l) {
    CHECK(imported.net.layers[l].activation.name == wanted.layers[l].activation.name);
    CHECK(imported.net.layers[l].activation.parameter == Approx(wanted.layers[l].activation.parameter).epsilon(1e-7));
  }
  check_samples(net, imported, [&](double y, std::size_t s, std::size_t o) { CHECK(y == Approx(imported.y[s][o]).epsilon(1e-5).margin(1e-5)); });
}

template <class Net>
void check_storage() {
  auto net = random_net<Net>(seed);
  const auto described = io::detail::describe(net);
  REQUIRE(misplaced<Net>(described) == 0);
  const io::detail::storage_layout layout(described);
  for (std::size_t i = 0; i < layout.numbers.size(); ++i)
    REQUIRE(static_cast<typename Net::scalar>(layout.numbers[i]) == net.theta()[i]);
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

/// Of one dimension: every option, depthwise and in groups, and with padding before or behind alone.
template <class T>
using lines = basic_network<T, input<4, 15>, conv1d<8, 3, inlay::relu, conv_options{.stride = 2, .groups = 2, .padding = 1}>,
                            conv1d<8, 3, inlay::identity, conv_options{.dilation = 2, .groups = 8, .padding = before_after(4, 0)}>,
                            conv1d<5, 1, inlay::tanh, 1>, conv1d<3, 4, inlay::identity, conv_options{.padding = before_after(1, 2)}>,
                            dense<4>>;
/// Of two, the other direction of each option, too.
template <class T>
using images =
    basic_network<T, input<3, 9, 7>,
                  conv2d<6, 3, 2, inlay::relu, conv_options{.stride = {2, 1}, .groups = 3, .padding = {1, 0}}>,
                  conv2d<6, 1, 3, inlay::identity, conv_options{.dilation = {1, 2}, .groups = 6, .padding = before_after({0, 1}, {0, 3})}>,
                  conv2d<4, 2, 2, inlay::tanh, conv_options{.padding = 1}>, residual<conv2d<4, 1, 1>>,
                  inlay::prelu<4>, conv2d<2, 3, 3>, activation<inlay::softmax>, dense<5>>;

/// Windows that overlap, reach into padding and, of one axis each, over the end.
using pools = network<input<3, 9, 7>, conv2d<6, 2, 3, inlay::relu, conv_options{.padding = before_after({0, 1}, 1)}>, inlay::max_pool2d<2>,
                      inlay::avg_pool2d<2, 1, inlay::pool_options{.stride = 1, .padding = {1, 0}}>,
                      inlay::avg_pool2d<3, 2, inlay::pool_options{.stride = {2, 1}, .padding = 1, .count_include_pad = false, .ceil_mode = true}>,
                      inlay::global_avg_pool<>, dense<3>>;
using pools_of_lines =
    network<input<3, 17>, inlay::max_pool1d<3, inlay::pool_options{.stride = 2, .padding = 1, .ceil_mode = true}>,
            inlay::avg_pool1d<3, inlay::pool_options{.stride = 2, .padding = 1, .ceil_mode = true}>,
            inlay::max_pool1d<2, inlay::pool_options{.stride = 1, .dilation = 2}>, inlay::global_max_pool<>>;

/// Indices that are no whole numbers, too few and too many.
using words = network<input<3>, inlay::embedding<3, 5>, dense<2>>;

template <class Net>
void check_saved(const char* name, const std::vector<typename Net::input_type>& xs, const std::vector<typename Net::output_type>& ys) {
  check_saved_file(random_net<Net>(seed), name, xs, ys);
}

} // namespace

TEST_CASE("every activation goes out and comes back") { check_round_trip<every_activation>(); }

TEST_CASE("every layer goes out and comes back") {
  check_round_trip<every_layer<float>>();
  check_round_trip<every_layer<double>>();
  check_round_trip<network<input<2, 3>, dense<2>>>();
  check_round_trip<channels_last>();
}

TEST_CASE("convolutions with every option go out and come back") {
  check_round_trip<lines<float>>();
  check_round_trip<lines<double>>();
  check_round_trip<network<input<3, 9, 7>, conv2d<6, 3, 2, inlay::relu, conv_options{.stride = {2, 1}, .groups = 3, .padding = {1, 0}}>,
                           conv2d<6, 1, 3, inlay::identity,
                                  conv_options{.dilation = {1, 2}, .groups = 6, .padding = before_after({0, 1}, {0, 3})}>,
                           residual<conv2d<6, 1, 1>>, conv2d<4, 2, 2, inlay::tanh, conv_options{.padding = 1}>,
                           activation<inlay::softmax>, dense<5>>>();
  check_round_trip<basic_network<double, input<1, 5, 5>, conv2d<2, 3, 3>, conv2d<1, 3, 3>>>();
  check_round_trip<pools>();
  check_round_trip<pools_of_lines>();
}

namespace {

/// The layers in a header of the net.
std::string layers_in_header(const io::detail::net_description& net) {
  const io::detail::frozen_model model{.name = "one", .source = "a test"};
  const std::string text = io::detail::header_text(net, model).text;
  const auto begin = text.find("inlay::", text.find("inlay::input<") + 1);
  return text.substr(begin, text.find(">;\n") - begin);
}
template <class Layer>
std::string in_header() {
  return layers_in_header(io::detail::describe(network<input<4, 9, 9>, Layer>{}));
}
template <class Layer>
std::string of_line_in_header() {
  return layers_in_header(io::detail::describe(network<input<4, 9>, Layer>{}));
}

} // namespace

TEST_CASE("a header says the options of a convolution that are not PyTorch's defaults") {
  using inlay::identity, inlay::relu, inlay::same;
  CHECK(of_line_in_header<conv1d<8, 3>>() == "inlay::conv1d<8, 3>");
  CHECK(of_line_in_header<conv1d<8, 3, relu, 2>>() == "inlay::conv1d<8, 3, inlay::relu, 2>");
  CHECK(of_line_in_header<conv1d<8, 3, relu, 1, 2>>() == "inlay::conv1d<8, 3, inlay::relu, 1, 2>");
  CHECK(of_line_in_header<conv1d<8, 3, identity, conv_options{.stride = 2, .dilation = 4}>>() ==
        "inlay::conv1d<8, 3, inlay::identity, 2, 4>");
  CHECK(of_line_in_header<conv1d<8, 3, relu, conv_options{.stride = 2, .groups = 4}>>() ==
        "inlay::conv1d<8, 3, inlay::relu, inlay::conv_options{.stride = 2, .groups = 4}>");
  CHECK(of_line_in_header<conv1d<8, 3, relu, conv_options{.padding = before_after(2, 0)}>>() ==
        "inlay::conv1d<8, 3, inlay::relu, inlay::conv_options{.padding = inlay::before_after(2, 0)}>");
  CHECK(in_header<conv2d<8, 3, 2>>() == "inlay::conv2d<8, 3, 2>");
  CHECK(in_header<conv2d<8, 3, 3, relu, conv_options{.stride = 2}>>() == "inlay::conv2d<8, 3, 3, inlay::relu, inlay::conv_options{.stride = 2}>");
  CHECK(in_header<conv2d<8, 3, 3, identity, conv_options{.stride = {2, 1}, .dilation = {1, 3}, .groups = 2, .padding = {1, 2}}>>() ==
        "inlay::conv2d<8, 3, 3, inlay::identity, inlay::conv_options{.stride = {2, 1}, .dilation = {1, 3}, .groups = 2, .padding = {1, 2}}>");
  CHECK(in_header<conv2d<8, 3, 3, identity, conv_options{.padding = same}>>() ==
        "inlay::conv2d<8, 3, 3, inlay::identity, inlay::conv_options{.padding = inlay::same}>");
  CHECK(in_header<conv2d<8, 3, 3, identity, conv_options{.padding = before_after({0, 1}, 2)}>>() ==
        "inlay::conv2d<8, 3, 3, inlay::identity, inlay::conv_options{.padding = inlay::before_after({0, 1}, 2)}>");
}

TEST_CASE("padding same is written and read in numbers") {
  const auto text_of = []<class Net>(const Net& net) {
    const auto imported = inlay::onnx::import_model(inlay::onnx::parse_graph(io::save_onnx(net), "memory", "/nonexistent")).net;
    CHECK(io::detail::assemble<Net>(imported) == net);
    return layers_in_header(imported);
  };
  using inlay::same;
  CHECK(text_of(random_net<network<input<2, 9>, conv1d<2, 4, inlay::identity, conv_options{.dilation = 3, .padding = same}>>>(seed)) ==
        "inlay::conv1d<2, 4, inlay::identity, inlay::conv_options{.dilation = 3, .padding = inlay::before_after(4, 5)}>");
  CHECK(text_of(random_net<network<input<2, 9, 9>, conv2d<2, 3, 3, inlay::relu, conv_options{.padding = same}>>>(seed)) ==
        "inlay::conv2d<2, 3, 3, inlay::relu, inlay::conv_options{.padding = 1}>");
  CHECK(text_of(random_net<network<input<2, 9, 9>, conv2d<2, 3, 5, inlay::relu, conv_options{.padding = same}>>>(seed)) ==
        "inlay::conv2d<2, 3, 5, inlay::relu, inlay::conv_options{.padding = {1, 2}}>");
  CHECK(text_of(random_net<network<input<2, 9, 9>, conv2d<2, 2, 3, inlay::relu, conv_options{.padding = same}>>>(seed)) ==
        "inlay::conv2d<2, 2, 3, inlay::relu, inlay::conv_options{.padding = inlay::before_after({0, 1}, 1)}>");
}

TEST_CASE("what is saved of convolutions is what they compute") {
  const auto check = []<class Net>(const Net& net) {
    typename Net::input_type x{};
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = typename Net::scalar(0.3) * static_cast<typename Net::scalar>(i * 31 % 11) - typename Net::scalar(1.4);
    std::vector<std::int64_t> shape{1};
    for (const std::size_t extent : Net::input_shape::extents)
      shape.push_back(static_cast<std::int64_t>(extent));
    const std::vector<double> numbers(x.begin(), x.end());
    const auto model = inlay::onnx::parse_graph(io::save_onnx(net), "memory", "/nonexistent");
    const auto saved = inlay::onnx::evaluate(model, {{"input", {shape, numbers}}}).at("output").values;
    const auto described = io::detail::describe(net);
    const auto evaluated = io::detail::evaluate(described, numbers);
    const auto tolerance = io::detail::rounding_tolerance(described, numbers, evaluated);
    const auto y = net(x);
    for (std::size_t o = 0; o < y.size(); ++o) {
      CHECK(std::abs(saved[o] - static_cast<double>(y[o])) <= tolerance[o]);
      CHECK(std::abs(evaluated[o] - static_cast<double>(y[o])) <= tolerance[o]);
      CHECK(tolerance[o] <= 1e-4 * (std::abs(evaluated[o]) + 1));
    }
  };
  check(random_net<lines<float>>(seed)), check(random_net<lines<double>>(seed));
  check(random_net<images<float>>(seed)), check(random_net<images<double>>(seed));
  check(random_net<pools>(seed)), check(random_net<pools_of_lines>(seed));
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
  const auto net = random_net<expecting>(seed);
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
  auto net = random_net<every_layer<double>>(seed);
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
  auto net = random_net<every_layer<float>>(seed);
  net.layer<7>().weight(1, 3) = __builtin_nanf("");
  CHECK_THROWS_WITH(io::save_onnx(net), "memory: tensor '8.weight', element 8: expected a finite number (or "
                                        ".allow_non_finite = true), found nan");
  CHECK_FALSE(io::save_onnx(net, {.allow_non_finite = true}).empty());
}

TEST_CASE("onnxruntime computes the same of what is saved") {
#include "models/expected_saved.inc"
}

TEST_CASE("write the models that onnxruntime is to run", "[.write]") {
  io::save_onnx(saved_models / "saved_activations.onnx", random_net<every_activation>(seed));
  io::save_onnx(saved_models / "saved_layers.onnx", random_net<every_layer<float>>(seed));
  io::save_onnx(saved_models / "saved_transposes.onnx", random_net<channels_last>(seed));
  io::save_onnx(saved_models / "saved_lines.onnx", random_net<lines<float>>(seed));
  io::save_onnx(saved_models / "saved_images.onnx", random_net<images<float>>(seed));
  io::save_onnx(saved_models / "saved_pools.onnx", random_net<pools>(seed));
  io::save_onnx(saved_models / "saved_words.onnx", random_net<words>(seed));
}

TEST_CASE("what ONNX cannot express is refused") {
  CHECK_THROWS_WITH(io::save_onnx(network<input<3, 5>, inlay::avg_pool1d<2, inlay::pool_options{.padding = 1, .ceil_mode = true}>>{}),
                    "memory: layer 'avg_pool1d': expected a last window that begins before the input's end, as runtimes of ONNX "
                    "compute another one, found ceil_mode of [3, 5]");
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
  check_storage<lines<float>>();
  check_storage<lines<double>>();
  check_storage<images<float>>();
  check_storage<network<input<34, 5>, conv1d<68, 3, inlay::relu, conv_options{.groups = 2}>, dense<3>>>();
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
  for (const char* name : {"2", "a b", "double", "inlay", "_x", "a__b", "net", "size", "mode", "clock", "time", "EXIT_SUCCESS", "SEEK_SET", "div", "gamma",
                           "index", "abs", "log", "tanh", "tanhf", "sinl", "read", "y1", "errno", "asm", "int32", "unix", "co_await",
                           "uint", "u_int", "ushort", "va_list", "jmp_buf", "pthread", "M_PI"})
    CHECK(refusal([&] {
            io::write_header(path, net, {.name = name, .verify_with = {}});
          }).find(std::string("expected a C++ identifier that is free, found '") + name + "', wh") != std::string::npos);
  net.layer<1>().bias(0) = HUGE_VALF;
  CHECK(refusal([&] {
          io::write_header(path, net, {.name = "gain", .verify_with = {}});
        }).find("tensor '0.bias', element 0: expected a finite number, found inf") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(path));
}
