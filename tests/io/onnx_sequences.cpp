// A net of a sequence that is saved as ONNX is read back by the importer as the same layers with the same parameters, in the same
// places of storage; the importer holds them to the operators.
#include "saved_onnx.hpp"

namespace {

using namespace inlay;

constexpr std::uint64_t seed = 5;

template <class Net>
void check_round_trip() {
  const auto net = random_net<Net>(seed);
  const auto imported = read_back(net);
  const auto wanted = io::detail::describe(net);
  CHECK(imported.net.over_time);
  for (std::size_t l = 0; l < wanted.layers.size(); ++l) {
    const auto &read = imported.net.layers[l], &described = wanted.layers[l];
    CHECK(read.over_time == described.over_time);
    CHECK(read.wants_all_steps == described.wants_all_steps);
    CHECK(read.input == described.input);
    CHECK(read.output == described.output);
  }
  check_samples(net, imported, [&](double y, std::size_t s, std::size_t o) { CHECK(std::abs(y - imported.y[s][o]) <= imported.tolerance[s][o]); });
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
using attentive = network<sequence<6, 8>, residual<layer_norm<>, self_attention<2>>, self_attention<2, attention_options{.is_causal = true}>,
                          dense<6, relu>, self_attention<2, attention_options{.is_causal = true, .window = 3}>, dense<2>>;

template <class Net>
void check_saved(const char* name, const std::vector<typename Net::input_type>& xs, const std::vector<typename Net::output_type>& ys) {
  check_saved_file(random_net<Net>(seed), name, xs, ys);
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

TEST_CASE("attention is the operators that PyTorch writes") {
  check_round_trip<attentive>();
  check_round_trip<network<sequence<3, 18>, self_attention<3>, self_attention<1>, last_step>>();
  check_round_trip<basic_network<double, sequence<5, 10>, self_attention<5>, residual<self_attention<2>>, mean_of_steps>>();
  check_round_trip<network<sequence<2, 80>, self_attention<2>>>(); // more than a line, and not whole ones
}

TEST_CASE("a net of a sequence that ONNX cannot express is refused in words") {
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
  io::save_onnx(saved_models / "saved_sequence_recurrent.onnx", random_net<every_recurrent>(seed));
  io::save_onnx(saved_models / "saved_sequence_both.onnx", random_net<both_ways>(seed));
  io::save_onnx(saved_models / "saved_sequence_mixed.onnx", random_net<mixed>(seed));
  io::save_onnx(saved_models / "saved_sequence_attentive.onnx", random_net<attentive>(seed));
}
