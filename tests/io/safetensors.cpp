#include "catch.hpp"

#include "io/refused.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/safetensors.hpp>

#include <bit>
#include <cstring>
#include <limits>

namespace {

using namespace inlay;
using net_t = network<input<3>, dense<4, relu>, dense<2>>;
using convolution = basic_network<double, input<2, 9>, conv1d<3, 4, inlay::tanh, 1, 2>, activation<sigmoid>, dense<5>,
                                  residual<dense<7, relu>, dense<5>, activation<identity>>, dense<1>>;

template <class Net>
Net random_net() {
  Net net{};
  initialize(net, 7);
  return net;
}

using flattened = network<input<2, 9>, conv1d<3, 4, inlay::tanh, 1, 2>, dense<2>>;

template <class Net>
void check_file(const char* name, const std::vector<typename Net::input_type>& xs,
                const std::vector<typename Net::output_type>& ys) {
  INFO(name);
  const auto net = io::load_safetensors<Net>(std::filesystem::path(__FILE__).parent_path() / "models" / name);
  for (std::size_t s = 0; s < xs.size(); ++s)
    for (std::size_t o = 0; o < Net::outputs; ++o)
      CHECK(net(xs[s])[o] == Approx(ys[s][o]).epsilon(1e-5).margin(1e-6));
}

/// A file of the given header and data.
std::vector<std::byte> file(std::string header, std::vector<std::byte> data = {}) {
  std::vector<std::byte> bytes(8 + header.size());
  const std::uint64_t length = header.size();
  std::memcpy(bytes.data(), &length, 8);
  std::memcpy(bytes.data() + 8, header.data(), header.size());
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

template <class Net = net_t>
std::string refusal(std::span<const std::byte> bytes, const io::state_dict& how = {}) {
  return ::refusal([&] { io::load_safetensors<Net>(bytes, how); });
}

/// The header of net_t's four tensors, with one of them replaced.
std::string header_with(const char* tensor = "", const char* entry = "") {
  nlohmann::json header = {{"0.weight", {{"dtype", "F32"}, {"shape", {4, 3}}, {"data_offsets", {0, 48}}}},
                           {"0.bias", {{"dtype", "F32"}, {"shape", {4}}, {"data_offsets", {48, 64}}}},
                           {"2.weight", {{"dtype", "F32"}, {"shape", {2, 4}}, {"data_offsets", {64, 96}}}},
                           {"2.bias", {{"dtype", "F32"}, {"shape", {2}}, {"data_offsets", {96, 104}}}}};
  if (*tensor)
    header[tensor] = nlohmann::json::parse(entry);
  return header.dump();
}
std::string refusal_with(const char* tensor, const char* entry) {
  return refusal(file(header_with(tensor, entry), std::vector<std::byte>(104)));
}

} // namespace

TEST_CASE("what is saved is what is loaded") {
  const auto net = random_net<net_t>();
  CHECK(io::load_safetensors<net_t>(io::save_safetensors(net)) == net);
  const auto deep = random_net<convolution>();
  CHECK(io::load_safetensors<convolution>(io::save_safetensors(deep)) == deep);

  using expecting = network<input<2, 9>, expect<shape<2, 9>>, conv1d<3, 3, inlay::tanh>, expect<shape<3, 7>>,
                            residual<expect<shape<3, 7>>, inlay::transpose, expect<shape<7, 3>>, inlay::transpose,
                                     conv1d<3, 1>, expect<shape<3, 7>>>,
                            activation<softmax>, expect<shape<3, 7>>, dense<5>, expect<shape<5>>>;
  const auto checked = random_net<expecting>();
  CHECK(io::load_safetensors<expecting>(io::save_safetensors(checked)) == checked);

  const auto path = std::filesystem::temp_directory_path() / "inlay-io-test.safetensors";
  io::save_safetensors(path, net);
  CHECK(io::load_safetensors<net_t>(path) == net);
  std::filesystem::remove(path);
}

TEST_CASE("tensors are called as in an nn.Sequential of the same modules") {
  const auto names_of = [](const io::detail::safetensors_file& saved) {
    std::vector<std::string> names;
    for (const auto& [name, tensor] : saved.tensors)
      names.push_back(name);
    return names;
  };
  const auto bytes = io::save_safetensors(random_net<convolution>());
  const io::detail::safetensors_file saved(bytes, "memory");
  // Conv1d 0, Tanh 1, Sigmoid 2, Flatten 3, Linear 4, the residual 5 with Linear 0, ReLU 1, Linear 2, Identity 3;
  // Linear 6
  CHECK(names_of(saved) == std::vector<std::string>{"0.bias", "0.weight", "4.bias", "4.weight", "5.0.bias", "5.0.weight",
                                                    "5.2.bias", "5.2.weight", "6.bias", "6.weight"});
  CHECK(saved.tensors.at("0.weight").shape == std::vector<std::size_t>{3, 2, 4});
  CHECK(saved.tensors.at("0.weight").type == "F64");
  const auto image = io::save_safetensors(
      random_net<network<input<4, 9, 9>, inlay::conv2d<6, 3, 2, inlay::relu, inlay::conv_options{.groups = 2}>, inlay::max_pool2d<2>, dense<2>>>());
  const io::detail::safetensors_file images(image, "memory"); // Conv2d 0, ReLU 1, MaxPool2d 2, Flatten 3, Linear 4
  CHECK(names_of(images) == std::vector<std::string>{"0.bias", "0.weight", "4.bias", "4.weight"});
  CHECK(images.tensors.at("0.weight").shape == std::vector<std::size_t>{6, 2, 3, 2});
  const auto turned = io::save_safetensors(random_net<network<input<9, 2>, inlay::transpose, conv1d<3, 4>>>());
  CHECK(names_of({turned, "memory"}) == std::vector<std::string>{"1.bias", "1.weight"});
}

TEST_CASE("a name map gives modules or tensors other names") {
  const auto net = random_net<net_t>();
  const io::state_dict how{.names = {{"0", "actor.fc1"}, {"2.weight", "W"}, {"2.bias", "actor.b"}}};
  const auto bytes = io::save_safetensors(net, how);
  CHECK(io::load_safetensors<net_t>(bytes, how) == net);
  CHECK(refusal(bytes) == "memory: tensor '0.weight': expected a tensor of this name, found only 'W', 'actor.b', "
                          "'actor.fc1.bias', 'actor.fc1.weight'");
  CHECK_THROWS_AS(io::save_safetensors(net, {.names = {{"0", "2"}}}), io::error);
}

TEST_CASE("F64, F16 and BF16 are converted") {
  using one = network<input<1>, dense<2>>;
  const auto load = [&](const char* type, std::size_t width, std::vector<std::uint64_t> values,
                        const io::state_dict& how = {}) {
    std::vector<std::byte> data(4 * width);
    for (std::size_t i = 0; i < 4; ++i)
      std::memcpy(&data[i * width], &values[i], width);
    nlohmann::json header;
    header["0.weight"] = {{"dtype", type}, {"shape", {2, 1}}, {"data_offsets", {0, 2 * width}}};
    header["0.bias"] = {{"dtype", type}, {"shape", {2}}, {"data_offsets", {2 * width, 4 * width}}};
    return get_parameters(io::load_safetensors<one>(file(header.dump(), data), how));
  };
  CHECK(load("F16", 2, {0x3555, 0xc000, 0x7bff, 0x0001}) == std::array{0.333251953125f, -2.0f, 65504.0f, 0x1p-24f});
  CHECK(load("BF16", 2, {0x3eab, 0xc000, 0x7f7f, 0x0001}) ==
        std::array{0.333984375f, -2.0f, 3.3895313892515355e38f, 0.0f}); // the last is a denormal
  CHECK(load("F64", 8, {std::bit_cast<std::uint64_t>(0.1), 0, std::bit_cast<std::uint64_t>(-1e10), 0}) ==
        std::array{0.1f, 0.0f, -1e10f, 0.0f});
  const auto special = load("F16", 2, {0x7c00, 0xfc00, 0x7e00, 0x8000}, {.allow_non_finite = true});
  CHECK((special[0] == HUGE_VALF && special[1] == -HUGE_VALF && std::isnan(special[2]) && special[3] == 0));
  CHECK_THROWS_WITH(
      load("F64", 8, {std::bit_cast<std::uint64_t>(1e300), 0, 0, 0}),
      "memory: tensor '0.weight', element 0: expected a number that the net's scalar can hold, found 1e+300");
}

TEST_CASE("a parameter that is infinite or NaN is refused by tensor and element, unless that is asked for") {
  const std::string wanted = "expected a finite number (or .allow_non_finite = true), found ";
  auto net = random_net<net_t>();
  for (const auto& [value, text] : {std::pair(std::numeric_limits<float>::infinity(), "inf"),
                                    std::pair(-std::numeric_limits<float>::infinity(), "-inf"),
                                    std::pair(std::numeric_limits<float>::quiet_NaN(), "nan")})
    for (const bool bias : {false, true}) {
      CAPTURE(text, bias);
      auto spoilt = net;
      (bias ? spoilt.layer<2>().bias(1) : spoilt.layer<2>().weight(1, 2)) = value;
      const std::string why = std::string("memory: tensor '2.") + (bias ? "bias', element 1: " : "weight', element 6: ") +
                              wanted + text;
      CHECK_THROWS_WITH(io::save_safetensors(spoilt), why);
      const auto bytes = io::save_safetensors(spoilt, {.allow_non_finite = true});
      CHECK(refusal(bytes) == why);
      CHECK(refusal(bytes, {.allow_non_finite = true}) == "accepted");
    }
}

TEST_CASE("what PyTorch has saved computes what it did there") {
#include "models/expected_safetensors.inc"
#include "models/expected_images.inc"
}

TEST_CASE("a file that is not what it should be is refused in words") {
  CHECK(refusal(file(header_with(), std::vector<std::byte>(104))) == "accepted");
  const struct {
    const char* tensor;
    const char* entry;
    const char* why;
  } cases[] = {
      {"2.bias", R"({"dtype": "F32", "shape": [3], "data_offsets": [96, 104]})",
       "memory: tensor '2.bias': expected 12 bytes for F32 [3], found data_offsets [96, 104]"},
      {"2.weight", R"({"dtype": "F32", "shape": [4, 2], "data_offsets": [64, 96]})",
       "memory: tensor '2.weight': expected shape [2, 4], found [4, 2]"},
      {"2.bias", R"({"dtype": "I32", "shape": [2], "data_offsets": [96, 104]})",
       "memory: tensor '2.bias': expected dtype F32, F64, F16 or BF16, found I32"},
      {"2.bias", R"({"dtype": "F33", "shape": [2], "data_offsets": [96, 104]})",
       "memory: tensor '2.bias': expected a dtype of safetensors, as F32, found 'F33'"},
      {"2.bias", R"({"dtype": "F32", "shape": [2], "data_offsets": [88, 96]})",
       "memory: tensor '2.bias': expected its data at byte 96, where the tensor before it ends, found "
       "data_offsets that begin "
       "at 88"},
      {"2.bias", R"({"dtype": "F32", "shape": [2], "data_offsets": [100, 108]})",
       "memory: tensor '2.bias': expected data_offsets that rise, up to 104, found [100, 108]"},
      {"2.bias", R"({"dtype": "F32", "shape": [2], "data_offsets": [104, 96]})",
       "memory: tensor '2.bias': expected data_offsets that rise, up to 104, found [104, 96]"},
      {"2.bias", R"({"dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [96, 104]})",
       "memory: tensor '2.bias': expected a shape of less than 2^64 bytes, found [4294967296, 4294967296]"},
      {"2.bias", R"({"dtype": "F32", "shape": [-2], "data_offsets": [96, 104]})",
       "memory: tensor '2.bias': expected shape of whole numbers from 0, found '-2'"},
      {"2.bias", R"({"dtype": "F32", "shape": 2, "data_offsets": [96, 104]})",
       "memory: tensor '2.bias': expected shape as an array, found a JSON number"},
      {"2.bias", R"({"dtype": "F32", "data_offsets": [96, 104]})",
       "memory: tensor '2.bias': expected a member 'shape', found none"},
      {"2.bias", R"({"dtype": "F32", "shape": [2], "data_offsets": [96, 104], "x": 1})",
       "memory: tensor '2.bias': expected the members dtype, shape and data_offsets, found 4 members"},
      {"2.bias", R"([1])", "memory: tensor '2.bias': expected an object, found a JSON array"},
      {"3.bias", R"({"dtype": "F32", "shape": [0], "data_offsets": [104, 104]})",
       "memory: tensor '3.bias': expected only tensors of the net (or .strict = false), found one more"},
      {"__metadata__", R"({"format": 1})", "memory: __metadata__: expected an object of strings, found a JSON object"},
  };
  for (const auto& [tensor, entry, why] : cases)
    CHECK(refusal_with(tensor, entry) == why);

  CHECK(refusal(file(header_with(), std::vector<std::byte>(105))) ==
        "memory: expected 104 bytes of data, found 105 bytes after the header");
  CHECK(refusal(std::vector<std::byte>(7)) ==
        "memory: expected 8 bytes that give the length of the header, found 7 bytes");
  auto far = file(header_with());
  far[7] = std::byte{0x80}; // 2^63 and more
  CHECK(refusal(far).find("found a header length of 92233720368547") != std::string::npos);
  CHECK(refusal(file(R"({"a": 1, "a": 1})")) == "memory: JSON: expected each name once, found 'a' twice");
  CHECK(refusal(file("{\"a\": " + std::string(10000, '['))) ==
        "memory: JSON: expected at most 3 nested levels, found more");
  CHECK(refusal(file("{\"a\": \xff}")).find("expected well-formed JSON") != std::string::npos);
  CHECK(refusal(file("")) == "memory: header: expected '{' as its first byte, found nothing");
  CHECK(refusal(file("{}")) == "memory: tensor '0.weight': expected a tensor of this name, found no tensor at all");
}

TEST_CASE("a file cut short or with one bit turned is refused or is another net, never anything else") {
  const auto net = random_net<net_t>();
  const auto whole = io::save_safetensors(net);
  for (std::size_t n = 0; n < whole.size(); ++n)
    CHECK_THROWS_AS(io::load_safetensors<net_t>(std::span(whole).first(n)), io::error);
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    auto turned = whole;
    turned[bit / 8] ^= std::byte(1 << bit % 8);
    try {
      (void)io::load_safetensors<net_t>(turned);
    } catch (const io::error&) {
    }
  }
}

TEST_CASE("of the file system, what is not a readable file is refused") {
  CHECK_THROWS_WITH(io::load_safetensors<net_t>("no/such/file"),
                    "no/such/file: expected a file, found none of this name");
  CHECK_THROWS_WITH(io::load_safetensors<net_t>("."), ".: expected a regular file, found another kind");
  CHECK_THROWS_AS(io::save_safetensors("no/such/folder/file", net_t{}), io::error);
}

TEST_CASE("tensors of other nets in the same file are passed over when that is asked for") {
  auto header = nlohmann::json::parse(header_with());
  header["critic.steps"] = {{"dtype", "I64"}, {"shape", nlohmann::json::array()}, {"data_offsets", {104, 112}}};
  const auto bytes = file(header.dump(), std::vector<std::byte>(112));
  CHECK(refusal(bytes) != "accepted");
  CHECK(refusal(bytes, {.names = {}, .strict = false}) == "accepted");
}
