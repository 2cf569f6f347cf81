#include "catch.hpp"

#include "io/refused.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/json.hpp>

namespace {

using inlay::conv1d, inlay::dense, inlay::input, inlay::network, inlay::relu;
namespace io = inlay::io;
using net_t = network<input<2>, dense<3, inlay::tanh>, dense<1>>;

std::span<const std::byte> bytes(const std::string& text) { return std::as_bytes(std::span(text)); }

template <class Net = net_t>
std::string refusal(const std::string& text) {
  return ::refusal([&] { io::load_json<Net>(bytes(text)); });
}

template <class Net>
void check_round_trip() {
  Net net{};
  inlay::initialize(net, 3);
  CHECK(io::load_json<Net>(bytes(io::save_json(net))) == net);
}

// Written by hand from RTNeural's description: dense W is [in][out].
const std::string by_hand = R"({"in_shape": [null, null, 2], "layers": [
  {"type": "dense", "activation": "tanh", "shape": [null, null, 3], "weights": [[[1, 2, 3], [4, 5, 6]], [0.5, 0, -0.5]]},
  {"type": "dense", "activation": "", "shape": [null, null, 1], "weights": [[[7], [8], [9]], [10]]}]})";

std::string replaced(std::string what, std::string by) {
  auto text = by_hand;
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

} // namespace

TEST_CASE("a file in RTNeural's format is read as it means") {
  const auto net = io::load_json<net_t>(bytes(by_hand));
  CHECK(net.layer<1>().weights() == std::array<float, 6>{1, 4, 2, 5, 3, 6});
  CHECK(net.layer<1>().biases() == std::array<float, 3>{0.5, 0, -0.5});
  CHECK(net.layer<2>().weights() == std::array<float, 3>{7, 8, 9});

  using convolution = network<input<2, 5>, conv1d<1, 2, relu, 1, 2>>;
  const std::string text =
      R"({"in_shape": [null, null, 2], "layers": [{"type": "conv1d", "activation": "relu",
    "shape": [null, null, 1], "kernel_size": [2], "dilation": [2], "groups": 1,
    "weights": [[[[1], [2]], [[3], [4]]], [5]]}]})"; // W is [tap][in][out]
  CHECK(io::load_json<convolution>(bytes(text)).layer<1>().weights() == std::array<float, 4>{1, 3, 2, 4});
}

TEST_CASE("what is saved is what is loaded") {
  check_round_trip<net_t>();
  check_round_trip<
      inlay::basic_network<double, input<2>, dense<3>, inlay::activation<relu>, dense<2, inlay::softmax>>>();
  check_round_trip<network<input<3, 20>, conv1d<4, 3, inlay::tanh, 1, 2>, conv1d<2, 3, relu>>>();
  check_round_trip<network<input<3, 5>, conv1d<4, 5, inlay::tanh>, dense<2>>>();
  check_round_trip<network<input<4, 9>, conv1d<2, 3, relu, inlay::conv_options{.groups = 2}>>>();
  check_round_trip<network<input<3>, inlay::activation<inlay::sigmoid>, dense<1>>>();

  using inlay::expect, inlay::shape; // no layer, wherever it stands
  check_round_trip<network<input<3, 20>, expect<shape<3, 20>>, conv1d<4, 20, inlay::tanh>, expect<shape<4, 1>>, dense<2>,
                           expect<shape<2>>>>();

  const auto path = std::filesystem::temp_directory_path() / "inlay-io-test.json";
  io::save_json(path, net_t{});
  CHECK(io::load_json<net_t>(path) == net_t{});
  std::filesystem::remove(path);
}

TEST_CASE("what is not the net is refused in words") {
  CHECK(refusal(by_hand) == "accepted");
  CHECK(refusal(replaced("\"tanh\"", "\"tahn\""))
            .find("memory: layer 1 (dense): expected an activation of '', 'linear', 'relu'") == 0);
  CHECK(refusal(replaced("\"tanh\"", "\"relu\"")) ==
        "memory: layer 1 (dense): expected activation 'tanh', found activation 'relu'");
  CHECK(refusal(replaced("\"tanh\"", "\"\"")) == "memory: layer 2 (dense): expected activation 'tanh', found dense");
  CHECK(refusal(replaced("\"tanh\"", "7")) ==
        "memory: layer 1 (dense): expected 'activation' as a string, found a JSON number");
  CHECK(refusal(replaced("\"dense\"", "\"gru\"")) ==
        "memory: layer 1 (gru): expected 3 entries in weights, found 2");
  CHECK(refusal(replaced("\"dense\"", "\"conv2d\"")) ==
        "memory: layer 1: expected type 'dense', 'time-distributed-dense', 'conv1d', 'lstm', 'gru', 'prelu', 'batchnorm', "
        "'activation', found 'conv2d'");
  CHECK(refusal(replaced("[7], [8]", "[7, 8]")) ==
        "memory: layer 2 (dense): expected 3 entries in weights [in][out], found 2");
  CHECK(refusal(replaced("[8]", "[8, 8]")) ==
        "memory: layer 2 (dense): expected 1 entries in a row of weights [in][out], found 2");
  CHECK(refusal(replaced("[8]", "[null]")) ==
        "memory: layer 2 (dense): expected weights that are numbers, found a JSON null");
  CHECK(refusal(replaced("[8]", "[1e39]")) ==
        "memory: layer 2 (dense), weight, element 1: expected a number that the net's scalar can hold, found 1e+39");
  CHECK(refusal(replaced("[8]", "[1e999]")).find("memory: JSON: expected well-formed JSON, found") == 0);
  CHECK(refusal(replaced("[10]]", "[10], []]")) == "memory: layer 2 (dense): expected 1 or 2 entries in weights, found 3");
  CHECK(refusal(replaced("[null, null, 1]", "[null, null, 2]")) ==
        "memory: layer 2 (dense): expected 2 entries in a row of weights [in][out], found 1");
  CHECK(refusal<network<input<2>, dense<3, inlay::tanh>, dense<2>>>(by_hand) ==
        "memory: layer 2 (dense), shape: expected [null,null,2], found '[null,null,1]'");
  CHECK(refusal(replaced("[null, null, 2]", "[3]")) == "memory: in_shape: expected [null, null, channels], found '[3]'");
  CHECK(refusal(replaced("[null, null, 2]", "[null, 50, 23, 1]")) ==
        "memory: in_shape: expected [null, null, channels], found '[null,50,23,1]'");
  CHECK(refusal<network<input<3>, dense<3, inlay::tanh>, dense<1>>>(by_hand) ==
        "memory: in_shape: expected [null,null,3], found '[null,null,2]'");
  CHECK(refusal(replaced("\"in_shape\"", "\"shape\"")) == "memory: expected a member 'in_shape', found none");
  CHECK(refusal(replaced("\"type\": \"dense\",", "")) == "memory: layer 1: expected a member 'type', found none");
  CHECK(refusal("[]") == "memory: expected an object, found a JSON array");
  CHECK(refusal("").find("memory: JSON: expected well-formed JSON, found") == 0);
  CHECK(refusal(std::string(10000, '[')) == "memory: JSON: expected at most 8 nested levels, found more");

  using shorter = network<input<2>, dense<3, inlay::tanh>>;
  CHECK(refusal<shorter>(by_hand) == "memory: layer 2 (dense): expected no further layer, found dense");
  using longer = network<input<2>, dense<3, inlay::tanh>, dense<1, relu>>;
  CHECK(refusal<longer>(by_hand) == "memory: layer 2: expected another layer: activation 'relu', found the end");
}

TEST_CASE("what the format cannot say is not written") {
  CHECK_THROWS_WITH(
      io::save_json(network<input<2>, inlay::residual<dense<2>>>{}),
      "memory: layer 1 of the net: expected dense, conv1d, lstm, gru, prelu, batch_norm or activation, which is what "
      "RTNeural's JSON has, found residual");
  CHECK_THROWS_WITH(
      io::save_json(network<input<9, 2>, inlay::transpose, conv1d<2, 9>>{}),
      "memory: layer 1 of the net: expected dense, conv1d, lstm, gru, prelu, batch_norm or activation, which is what "
      "RTNeural's JSON has, found transpose");
  CHECK_THROWS_WITH(io::save_json(network<input<1, 9>, conv1d<2, 3>, dense<1>>{}),
                    "memory: layer 2 of the net: expected a convolution that leaves one instant of time, as "
                    "RTNeural's JSON "
                    "does not flatten time, found [2, 7]");
  CHECK_THROWS_WITH(io::save_json(network<input<1, 9>, conv1d<2, 3, relu, 2>>{}),
                    "memory: layer 1 of the net: expected stride 1, which is what RTNeural's JSON has, found stride 2");
  CHECK_THROWS_WITH(io::save_json(network<inlay::sequence<4, 2, 3>, dense<1>>{}),
                    "memory: the net's input: expected a sequence of vectors, which is what RTNeural's JSON has, found [4, 2, 3]");
  CHECK_THROWS_WITH(io::save_json(network<input<1, 9>, conv1d<2, 3, relu, inlay::conv_options{.padding = inlay::before_after(0, 2)}>>{}),
                    "memory: layer 1 of the net: expected padding 0, which is what RTNeural's JSON has, found padding 2");
  CHECK_THROWS_WITH(io::save_json(network<input<1, 9, 9>, inlay::conv2d<2, 3, 3>>{}),
                    "memory: layer 1 of the net: expected dense, conv1d, lstm, gru, prelu, batch_norm or activation, which is what "
                    "RTNeural's JSON has, found conv2d");
  network<input<1>, dense<1>> net{};
  net.layer<1>().bias(0) = HUGE_VALF;
  CHECK_THROWS_WITH(io::save_json(net), "memory: tensor '0.bias', element 0: expected a finite number, as JSON has no "
                                        "others, found inf");
}

TEST_CASE("a number that is infinite or NaN, as Python writes it, is refused in words") {
  CHECK(refusal(replaced("[8]", "[NaN]")) ==
        "memory: JSON, byte 248: expected a finite number, as JSON has no others, found NaN");
  CHECK(refusal(replaced("[8]", "[-Infinity]")) ==
        "memory: JSON, byte 249: expected a finite number, as JSON has no others, found Infinity");
  CHECK(refusal(replaced("[10]", "[1e999]")).find("memory: JSON: expected well-formed JSON") == 0);
}

TEST_CASE("a text cut short is refused; with one bit turned it is refused or is another net") {
  const auto whole = io::save_json(net_t{});
  const auto end = whole.find_last_of('}');
  for (std::size_t n = 0; n < end; ++n)
    CHECK_THROWS_AS(io::load_json<net_t>(bytes(whole).first(n)), io::error);
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    auto turned = whole;
    turned[bit / 8] = static_cast<char>(turned[bit / 8] ^ 1 << bit % 8);
    try {
      (void)io::load_json<net_t>(bytes(turned));
    } catch (const io::error&) {
    }
  }
}
