// Models as PyTorch (both exporters), Keras (tf2onnx) and scikit-learn write them, embedded by inlay_add_model, against
// what these compute.
#include "embedded_model.hpp"

#include "models.hpp" // made by CMake: includes the header of each model

#include <concepts>

namespace {

struct wrong : gemm_scaled_t {
  static constexpr net_t net{};
};
/// One parameter, the last weight of the first layer, is off by a thousandth.
template <class Model>
struct off : Model {
  static inline const auto net = [] {
    auto net = Model::net;
    auto weights = net.template layer<1>().weights();
    weights.back() += static_cast<typename Model::net_t::scalar>(1e-3);
    net.template layer<1>().assign(weights, net.template layer<1>().biases());
    return net;
  }();
};
/// policy_script_13 with softsign where its second tanh belongs.
struct swapped : policy_script_13_t {
  using net_t =
      inlay::network<inlay::input<5>, inlay::dense<8, inlay::tanh>, inlay::dense<2, inlay::softsign>, inlay::rescale<>>;
  static inline const net_t net = [] {
    net_t net{};
    inlay::set_parameters(net, inlay::get_parameters(policy_script_13_t::net));
    inlay::set_statistics(net, inlay::get_statistics(policy_script_13_t::net));
    return net;
  }();
};
struct not_a_number : gemm_scaled_t {
  static inline const net_t net = [] {
    net_t net = gemm_scaled_t::net;
    net.layer<1>().bias(2) = __builtin_nanf("");
    return net;
  }();
};

} // namespace

TEST_CASE("an embedded model computes what the framework does that made it") {
#include "models/expected.inc"
#include "models/expected_keras.inc"
#include "models/expected_convolutions.inc"
}

TEST_CASE("a small model is a constant expression, with the names that its source has") {
  static_assert(gemm_scaled(std::array{0.0f, 0.0f, 0.0f, 0.0f, 0.0f})[0] != 0);
  CHECK(policy_script_13.source == "policy_script_13.onnx");
  CHECK(policy_script_13.input_name == "x");
  CHECK(policy_script_13.input_shape == "[batch, 5]");
  CHECK(policy_script_13.output_name == "y");
  CHECK(policy_script_13.digest.size() == std::string_view("SHA-256 ").size() + 64);
}

TEST_CASE("a model with channels last takes and gives its numbers in its own order") {
  static_assert(std::same_as<keras_channels_9_t::net_t::input_shape, inlay::shape<9, 3>>);
  static_assert(std::same_as<keras_sequence_17_t::net_t::input_shape, inlay::shape<22, 3>>);
  static_assert(std::same_as<keras_sequence_17_t::net_t::output_shape, inlay::shape<19, 2>>);
  static_assert(std::same_as<keras_branched_15_t::net_t::output_shape, inlay::shape<6, 2>>);
}

TEST_CASE("verification fails for a net that computes something else") {
  const auto result = inlay::io::verify(wrong{}, {.tolerance = 0, .print = nullptr});
  CHECK_FALSE(result);
  CHECK(result.error > 0.01);
  CHECK_FALSE(inlay::io::verify(not_a_number{}, {.tolerance = 0, .print = nullptr}));
  CHECK_FALSE(inlay::io::verify(off<gemm_scaled_t>{}, {.tolerance = 0, .print = nullptr}));
  CHECK_FALSE(inlay::io::verify(off<policy_script_13_t>{}, {.tolerance = 0, .print = nullptr}));
  CHECK_FALSE(inlay::io::verify(off<sklearn_classes_t>{}, {.tolerance = 0, .print = nullptr}));
  CHECK_FALSE(inlay::io::verify(swapped{}, {.tolerance = 0, .print = nullptr}));
}
