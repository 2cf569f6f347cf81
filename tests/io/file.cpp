// What is refused on its way into a file names that file, in every format.
#include "catch.hpp"
#include "io/refused.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/header.hpp>
#include <inlay/io/json.hpp>
#include <inlay/io/onnx.hpp>
#include <inlay/io/optimizer_state.hpp>
#include <inlay/io/safetensors.hpp>

#include <limits>

namespace {

using namespace inlay;
using net_t = network<input<3>, dense<4, relu>, dense<2>>;

} // namespace

TEST_CASE("what is refused on its way into a file names the file", "[io]") {
  const auto path = std::filesystem::temp_directory_path() / "inlay-io-refused";
  std::filesystem::remove(path);
  const std::string name = path.string() + ": ";
  net_t net{};
  net.layer<2>().weight(1, 2) = std::numeric_limits<float>::quiet_NaN();
  const std::string weight = "tensor '2.weight', element 6: expected a finite number";
  CHECK(refusal([&] { io::save_safetensors(path, net); }) == name + weight + " (or .allow_non_finite = true), found nan");
  CHECK(refusal([&] { io::save_onnx(path, net); }) == name + weight + " (or .allow_non_finite = true), found nan");
  CHECK(refusal([&] { io::save_json(path, net); }) == name + weight + ", as JSON has no others, found nan");
  CHECK(refusal([&] { io::write_header(path, net, {.name = "gain"}); }).starts_with(name + weight));
  adam<net_t> optimizer{};
  optimizer.mean = net;
  CHECK(refusal([&] { io::save_optimizer_state(path, optimizer); }) ==
        name + "tensor 'state.2.exp_avg', element 6: expected a finite number, found nan");
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("an empty word of a file is nothing, in words", "[io]") {
  CHECK(io::error("memory", "node 'c'", "activations Sigmoid", "").what() == std::string("memory: node 'c': expected activations Sigmoid, found nothing"));
  CHECK(io::error("memory", "", "a name", "").found() == "nothing");
}
