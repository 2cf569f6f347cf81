// A net of a sequence that is saved as ONNX is read back by the importer as the same layers with the same parameters, in the same
// places of storage; the importer holds them to the operators.
#include "catch.hpp"

#include "import.hpp"

#include <inlay/inlay.hpp>
#include <inlay/io/header.hpp>
#include <inlay/io/onnx.hpp>

#include <filesystem>

namespace {

using namespace inlay;

template <class Net>
Net random_net() {
  Net net{};
  initialize(net, 5);
  auto parameters = get_parameters(net);
  for (std::size_t k = 0; k < parameters.size(); ++k)
    parameters[k] += typename Net::scalar(0.0078125) * static_cast<typename Net::scalar>(k % 7); // biases, too
  set_parameters(net, parameters);
  return net;
}

template <class Net>
void check_round_trip() {
  const auto net = random_net<Net>();
  const auto imported = onnx::import_model(onnx::parse_graph(io::save_onnx(net), "memory", "/nonexistent"));
  const auto wanted = io::detail::describe(net);
  REQUIRE(imported.net.layers.size() == wanted.layers.size());
  CHECK(imported.net.over_time);
  CHECK(imported.net.input == wanted.input);
  for (std::size_t l = 0; l < wanted.layers.size(); ++l) {
    const auto &read = imported.net.layers[l], &described = wanted.layers[l];
    CHECK(read.is_a(described.is.name));
    CHECK(read.arguments == described.arguments);
    CHECK(read.over_time == described.over_time);
    CHECK(read.wants_all_steps == described.wants_all_steps);
    CHECK(read.input == described.input);
    CHECK(read.output == described.output);
  }
  CHECK(io::detail::assemble<Net>(imported.net) == net);
  const io::detail::storage_layout layout(imported.net); // as a header would have it
  CHECK(layout.numbers.size() == Net::topology::storage);
  REQUIRE(layout.places.size() == Net::parameter_count);
  for (std::size_t k = 0; k < layout.places.size(); ++k)
    REQUIRE(layout.places[k] == Net::topology::stack::index(k));
  for (std::size_t s = 0; s < imported.x.size(); ++s) {
    typename Net::input_type x{};
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = static_cast<typename Net::scalar>(imported.x[s][i]);
    const auto y = net(x);
    REQUIRE(y.size() == imported.y[s].size());
    for (std::size_t o = 0; o < y.size(); ++o)
      CHECK(std::abs(static_cast<double>(y[o]) - imported.y[s][o]) <= imported.tolerance[s][o]);
  }
}

template <class Net>
std::string refusal() {
  try {
    io::save_onnx(Net{});
  } catch (const io::error& refused) {
    return refused.what();
  }
  return "accepted";
}

// models/saved_sequence_*.onnx are such files; make_saved.py has run onnxruntime on them. To make them again, after a change of
// what is written: io.onnx_sequences "[write]", then the script.
using every_recurrent = network<sequence<6, 3>, lstm<4>, gru<5>, gru<3, reset_before>, inlay::rnn<4>, inlay::rnn<3, relu>, dense<2, inlay::tanh>>;
using both_ways = network<sequence<5, 2>, dense<3>, bidirectional<lstm<2>>, bidirectional<gru<3>>, bidirectional<inlay::rnn<2>>, mean_of_steps, dense<2>>;
using mixed = network<sequence<7, 2>, conv1d<4, 3, relu, conv_options{.dilation = 2, .groups = 2}>, residual<lstm<4>>,
                      parallel<concat, branch<>, branch<gru<2>>>, activation<softmax>, layer_norm<>, last_step, dense<2>>;

const auto models = std::filesystem::path(__FILE__).parent_path() / "models";

template <class Net>
void check_saved(const char* name, const std::vector<typename Net::input_type>& xs, const std::vector<typename Net::output_type>& ys) {
  INFO(name);
  const auto net = random_net<Net>();
  CHECK(io::save_onnx(net) == io::detail::read_file(models / name));
  for (std::size_t s = 0; s < xs.size(); ++s)
    for (std::size_t o = 0; o < Net::outputs; ++o)
      CHECK(static_cast<double>(net(xs[s])[o]) == Approx(static_cast<double>(ys[s][o])).epsilon(1e-5).margin(1e-5));
}

} // namespace

TEST_CASE("recurrent layers are ONNX's operators") {
  check_round_trip<every_recurrent>();
  check_round_trip<both_ways>();
  check_round_trip<basic_network<double, sequence<3, 2>, lstm<9>, gru<3>, dense<1>>>();
}

TEST_CASE("so is what else a net of a sequence has") {
  check_round_trip<mixed>();
  check_round_trip<network<sequence<4, 3>, inlay::rnn<2>, flatten, dense<2>>>();
  check_round_trip<network<sequence<3, 1, 5, 4>, conv2d<2, 2, 3, relu>, gru<3>, dense<1>>>(); // steps that are images
}

TEST_CASE("a net of a sequence that ONNX cannot express is refused in words") {
  CHECK(refusal<network<sequence<4, 2>, self_attention<1>>>() ==
        "memory: layer: expected one of a sequence that ONNX can express, found 'self_attention'");
  CHECK(refusal<network<sequence<4, 2>, inlay::rnn<2, elu>>>() ==
        "memory: activation of 'rnn': expected tanh, relu, sigmoid, softsign or softplus, which ONNX's RNN has, found 'elu'");
  CHECK(refusal<network<sequence<4, 2>, bidirectional<dense<2>, lstm<2>>>>() ==
        "memory: layer 'bidirectional': expected one recurrent layer within, as ONNX has both directions of it, found 2 layers");
  CHECK(refusal<network<sequence<4, 2>, heads<branch<dense<1>>, branch<dense<2>>>>>() ==
        "memory: layer 'heads': expected outputs that are no sequences, found sequences");
}

TEST_CASE("a saved net of a sequence computes in onnxruntime what it does here") {
#include "models/expected_saved_sequences.inc"
}

TEST_CASE("write the models that onnxruntime is to run", "[.write]") {
  io::save_onnx(models / "saved_sequence_recurrent.onnx", random_net<every_recurrent>());
  io::save_onnx(models / "saved_sequence_both.onnx", random_net<both_ways>());
  io::save_onnx(models / "saved_sequence_mixed.onnx", random_net<mixed>());
}
