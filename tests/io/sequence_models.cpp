// Nets over whole sequences as PyTorch (both exporters) and others write them, embedded by inlay_add_model, against what these
// compute: the whole of them at once, and step by step.
#include "catch.hpp"

#include "sequence_models.hpp" // made by CMake: includes the header of each model

#include <inlay/inlay.hpp>
#include <inlay/io/verify.hpp>

#include <vector>

namespace {

using vectors = std::vector<std::vector<double>>;

template <class Model>
void check(const char* name, const Model& model, const vectors& x, const vectors& y) {
  INFO(name);
  using net_t = typename Model::net_t;
  for (std::size_t s = 0; s < x.size(); ++s) {
    REQUIRE(x[s].size() == net_t::inputs);
    REQUIRE(y[s].size() == net_t::outputs);
    typename net_t::input_type in{};
    for (std::size_t i = 0; i < in.size(); ++i)
      in[i] = static_cast<float>(x[s][i]);
    const auto out = model(in);
    for (std::size_t o = 0; o < out.size(); ++o)
      CHECK(std::abs(static_cast<double>(out[o]) - y[s][o]) <= 1e-5 * std::max(1.0, std::abs(y[s][o])));
    if constexpr (requires { model.stream(); }) {
      auto stream = model.stream();
      typename net_t::step_input_type step{};
      for (std::size_t t = 0; t < net_t::steps; ++t) {
        std::copy_n(in.begin() + static_cast<std::ptrdiff_t>(t * step.size()), step.size(), step.begin());
        const auto of_step = model(stream, step);
        const bool whole = of_step.size() < y[s].size() || t + 1 == net_t::steps; // else only the last is known
        for (std::size_t o = 0; o < of_step.size() && whole; ++o) {
          const double wanted = y[s][y[s].size() > of_step.size() ? t * of_step.size() + o : o];
          CHECK(std::abs(static_cast<double>(of_step[o]) - wanted) <= 1e-5 * std::max(1.0, std::abs(wanted)));
        }
      }
    }
  }
  CHECK(inlay::io::verify(model));
}

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

TEST_CASE("a model that goes step by step brings a stream, another does not") {
  static_assert(streams<sequence_steps_script_17_t>);
  static_assert(streams<sequence_last_dynamo_18_t>);
  static_assert(!streams<sequence_mean_script_14_t>);
  static_assert(std::is_same_v<sequence_reset_before_t::net_t,
                               inlay::network<inlay::sequence<5, 2>, inlay::gru<3, inlay::reset_before>, inlay::last_step>>);
}

TEST_CASE("a wrong weight is noticed") {
  CHECK(!inlay::io::verify(off<sequence_steps_script_17_t>{}, {.tolerance = 0, .print = nullptr}));
}
