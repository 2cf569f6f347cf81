// Nets over whole sequences as PyTorch (both exporters) and others write them, embedded by inlay_add_model, against what these
// compute: the whole of them at once, and step by step.
#include "embedded_model.hpp"

#include "sequence_models.hpp" // made by CMake: includes the header of each model

namespace {

template <class Model>
constexpr bool streams = requires { Model::stream(); };

/// One weight of a recurrent layer, W_hh's first, is off by a hundredth.
template <class Model>
struct off : Model {
  static inline const auto net = [] {
    auto net = Model::net;
    auto parameters = inlay::get_parameters(net);
    parameters[4 * 4 * 2] += 0.01f;
    inlay::set_parameters(net, parameters);
    return net;
  }();
};

} // namespace

TEST_CASE("a model of a sequence computes what the framework does that made it") {
#include "models/expected_sequences.inc"
}

TEST_CASE("a model whose steps attend to each other does, too") {
#include "models/expected_attention.inc"
}

TEST_CASE("a model that goes step by step brings a stream, another does not") {
  static_assert(streams<sequence_steps_script_17_t>);
  static_assert(streams<sequence_last_dynamo_18_t>);
  static_assert(!streams<sequence_mean_script_14_t>);
  static_assert(streams<sequence_attention_window_script_14_t>);
  static_assert(!streams<sequence_attention_policy_script_17_t>);
  static_assert(std::is_same_v<sequence_reset_before_t::net_t,
                               inlay::network<inlay::sequence<5, 2>, inlay::gru<3, inlay::reset_before>, inlay::last_step>>);
}

TEST_CASE("heads, causality and windows are read from what a graph computes") {
  using namespace inlay;
  static_assert(std::is_same_v<sequence_attention_causal_dynamo_18_t::net_t,
                               network<sequence<6, 6>, self_attention<2, attention_options{.is_causal = true}>>>);
  static_assert(std::is_same_v<sequence_attention_window_script_14_t::net_t,
                               network<sequence<6, 8>, residual<self_attention<2, attention_options{.is_causal = true, .window = 3}>>>>);
}

TEST_CASE("a wrong weight is noticed") {
  CHECK(!inlay::io::verify(off<sequence_steps_script_17_t>{}, {.tolerance = 0, .print = nullptr}));
}
