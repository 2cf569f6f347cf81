// Streams of every layer that goes step by step, for the tests that watch what a call does.
#pragma once

#include <inlay/inlay.hpp>

#include <array>

namespace streams {

using recurrent = inlay::network<inlay::sequence<4, 2>, inlay::delay<2>, inlay::lstm<9>, inlay::layer_norm<>, inlay::gru<5>,
                                 inlay::rms_norm<>, inlay::rnn<3>, inlay::batch_norm<>, inlay::prelu<3>,
                                 inlay::dense<3, inlay::tanh>, inlay::activation<inlay::log_softmax>>;

/// A layer of a WaveNet.
using gated_convolution = inlay::residual<inlay::conv1d<12, 3, inlay::identity, 1, 4>, inlay::gated<inlay::tanh, inlay::sigmoid>,
                                          inlay::dense<6>>;
using skip = inlay::parallel<inlay::add, inlay::branch<>, inlay::branch<inlay::conv1d<6, 2, inlay::relu>>>;
using convolutional = inlay::network<inlay::sequence<4, 2>, inlay::dense<6>, gated_convolution, skip, inlay::dense<1>>;

using attentive = inlay::network<
    inlay::sequence<4, 2>, inlay::dense<6>,
    inlay::residual<inlay::layer_norm<>, inlay::self_attention<2, inlay::attention_options{.is_causal = true, .window = 3}>>,
    inlay::gru<3, inlay::reset_before>, inlay::dense<1>>;

/// A net with its stream: made when the program begins.
template <class Net>
struct subject {
  Net net{};
  inlay::stream<Net> stream{}, snapshot{};
  std::array<typename Net::step_input_type, 37> xs{};
  std::array<typename Net::step_output_type, 37> ys{};

  subject() { inlay::initialize(net, 1); }

  /// A step, the next, a block: what must take as many instructions for every input.
  void steps() noexcept {
    ys[0] = stream(net, xs[0]);
    stream(net, xs[1], ys[1]);
    stream(net, xs, ys);
  }
  /// The same, and a snapshot, its comparison, the way back to it, the beginning again.
  void all() noexcept {
    snapshot = stream;
    steps();
    if (!(stream == snapshot)) stream = snapshot;
    stream = {};
  }
};

} // namespace streams
