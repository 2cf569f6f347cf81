// Under -ffast-math the compiler takes every number for finite: what io refuses and finds wrong must not depend on
// that.
#include "catch.hpp"
#include "io/refused.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/json.hpp>
#include <inlay/io/onnx.hpp>
#include <inlay/io/safetensors.hpp>
#include <inlay/io/verify.hpp>

#include <limits>

#ifndef __FAST_MATH__
#error "this test is compiled with -ffast-math"
#endif

namespace {

using namespace inlay;

template <class T>
T from_bits(typename math::ieee<T>::bits bits) {
  volatile auto hidden = bits;
  const auto found = hidden;
  return std::bit_cast<T>(found);
}
const float infinite = from_bits<float>(0x7f800000), minus_infinite = from_bits<float>(0xff800000),
            not_a_number = from_bits<float>(0x7fc00000);

/// What a generated header has, with the weight `w`.
struct model {
  using net_t = network<input<1>, dense<1>>;
  static inline net_t net{};
  static constexpr std::string_view source = "model", tolerance_source = "of the test";
  static constexpr std::array<net_t::input_type, 2> verification_inputs{{{1}, {2}}};
  static constexpr std::array<std::array<double, 1>, 2> verification_outputs{{{1}, {2}}};
  static constexpr std::array<std::array<float, 1>, 2> verification_tolerances{{{1e-6f}, {1e-6f}}};
  static constexpr std::size_t verification_unnoticed = 0;
};
io::verification verified(float w, double tolerance = 0) {
  model::net.layer<1>().weight(0, 0) = w;
  return io::verify(model{}, {.tolerance = tolerance, .print = nullptr});
}

} // namespace

TEST_CASE("what is finite is told by its bits") {
  CHECK(math::is_finite(0.0f));
  CHECK(math::is_finite(-std::numeric_limits<float>::max()));
  CHECK(math::is_finite(std::numeric_limits<double>::denorm_min()));
  for (const float no : {infinite, minus_infinite, not_a_number})
    CHECK_FALSE(math::is_finite(no));
  CHECK_FALSE(math::is_finite(from_bits<double>(0x7ff0000000000000)));
  CHECK_FALSE(math::is_finite(from_bits<double>(0xfff8000000000001)));
  static_assert(math::is_finite(1.0) && !math::is_finite(std::bit_cast<float>(0x7f800000u)));
}

TEST_CASE("a net of NaN or infinity is not verified") {
  CHECK(verified(1));
  CHECK_FALSE(verified(1.001f));
  for (const float w : {infinite, minus_infinite, not_a_number})
    for (const double tolerance : {0.0, 1e-5, 1e30}) {
      const auto result = verified(w, tolerance);
      CHECK_FALSE(result);
      CHECK(result.error > 1e300);
    }
}

TEST_CASE("a parameter that is NaN or infinite is neither written nor read") {
  for (const float w : {infinite, not_a_number}) {
    model::net_t net{};
    net.layer<1>().weight(0, 0) = w;
    CHECK(refusal([&] { io::save_safetensors(net); }).find("tensor '0.weight', element 0: expected a finite") < 30);
    CHECK(refusal([&] { io::save_onnx(net); }).find("tensor '0.weight', element 0: expected a finite") < 30);
    CHECK(refusal([&] { io::save_json(net); }).find("tensor '0.weight', element 0: expected a finite") < 30);
    const auto bytes = io::save_safetensors(net, {.allow_non_finite = true});
    CHECK(refusal([&] { io::load_safetensors<model::net_t>(bytes); }).find("element 0: expected a finite") < 60);
  }
  for (const char* number : {"1e999", "1e39", "NaN"}) {
    const std::string text = std::string(R"({"in_shape": [null, null, 1], "layers": [{"type": "dense", "activation": "",
      "shape": [null, null, 1], "weights": [[[)") +
                             number + "]], [0]]}]}";
    CHECK(refusal([&] { io::load_json<model::net_t>(std::as_bytes(std::span(text))); }) != "accepted");
  }
  CHECK_FALSE(math::is_finite(io::detail::from_float16(0x7c00)));
  CHECK_FALSE(math::is_finite(io::detail::from_float16(0xfe00)));
  CHECK(io::detail::from_float16(0xc000) == -2);
}
