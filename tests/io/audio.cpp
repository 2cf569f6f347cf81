#include "catch.hpp"

#include <audio_guitarml.hpp>
#include <audio_linear.hpp>
#include <audio_lstm.hpp>
#include <audio_rtneural.hpp>
#include <audio_wavenet.hpp>
#include <audio_wavenet_rich.hpp>
#include <inlay/io/verify.hpp>

#include <cmath>
#include <type_traits>
#include <vector>

// models/audio_*, each made a header by inlay_add_model, against what audio_reference.py computes.
namespace {

#include "models/expected_audio.inc"

template <class Model, std::size_t N>
void check(const Model& model, const double (&expected)[N]) {
  auto stream = model.stream();
  std::vector<typename Model::net_t::step_input_type> xs;
  for (std::size_t t = 0; t < N; ++t) {
    const double time = static_cast<double>(t);
    xs.push_back({static_cast<float>(0.8 * std::sin(0.7 * time * time + 0.3))});
  }
  for (std::size_t t = 0; t < N; ++t)
    CHECK(model(stream, xs[t])[0] == Approx(expected[t]).epsilon(2e-6).margin(2e-6));
  std::vector<typename Model::net_t::step_output_type> ys(N);
  auto again = model.stream();
  model(again, xs, ys);
  for (std::size_t t = 0; t < N; ++t)
    CHECK(ys[t][0] == Approx(expected[t]).epsilon(2e-6).margin(2e-6));
  CHECK(model(again, xs[0])[0] ==
        Approx(model(stream, xs[0])[0]).epsilon(2e-6).margin(2e-6)); // a block rounds in another order
  CHECK(inlay::io::verify(model, {.tolerance = 0, .print = nullptr}));
}

} // namespace

TEST_CASE("files of audio people stream what their formats say") {
  check(audio_wavenet, expected_wavenet);
  check(audio_wavenet_rich, expected_wavenet_rich);
  check(audio_lstm, expected_lstm);
  check(audio_linear, expected_linear);
  check(audio_guitarml, expected_guitarml);
  check(audio_rtneural, expected_rtneural);
}

namespace {

/// A model with a weight that is off by a hundredth.
struct wrong_t : audio_lstm_t {
  static constexpr net_t net = [] {
    net_t changed = audio_lstm_t::net;
    auto parameters = inlay::get_parameters(changed);
    parameters[20] *= 1.01f;
    inlay::set_parameters(changed, parameters);
    return changed;
  }();
};
/// The same from zero.
struct silent_t : audio_lstm_t {
  static constexpr inlay::stream<net_t> stream() noexcept { return {}; }
};

} // namespace

TEST_CASE("a stream that is wrong is not verified") {
  CHECK(!inlay::io::verify(wrong_t{}, {.tolerance = 0, .print = nullptr}));
  CHECK(!inlay::io::verify(silent_t{}, {.tolerance = 0, .print = nullptr}));
}

TEST_CASE("a model begins as its file says") {
  static_assert(audio_lstm_t::initial_state.size() == 12);
  CHECK(!(audio_lstm.stream() == inlay::stream<audio_lstm_t::net_t>{}));
  // a whole sequence, which a net begins from zero, is offered only of what begins there, too
  static_assert(!std::is_invocable_v<audio_lstm_t, const audio_lstm_t::net_t::input_type&>);
  static_assert(std::is_invocable_v<audio_guitarml_t, const audio_guitarml_t::net_t::input_type&>);
  // a WaveNet where a long silence leaves it
  auto stream = audio_wavenet.stream();
  const float first = audio_wavenet(stream, std::array{0.0f})[0];
  for (int t = 0; t < 40; ++t)
    CHECK(audio_wavenet(stream, std::array{0.0f})[0] == Approx(first).margin(1e-7));
}
