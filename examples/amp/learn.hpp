#pragma once

#include "../progress.hpp"
#include "strings.hpp"

#include <inlay/inlay.hpp>

#include <cstddef>
#include <random>
#include <span>
#include <string>

namespace amp {

using lstm_net = inlay::network<inlay::sequence<256, 1>, inlay::lstm<16>, inlay::dense<1>>;

/// Eight channels that each layer adds to: tanh of one half of a dilated convolution, let through by sigmoid of the other.
template <std::size_t Dilation>
using layer = inlay::residual<inlay::conv1d<16, 3, inlay::identity, inlay::conv_options{.dilation = Dilation}>,
                              inlay::gated<inlay::tanh, inlay::sigmoid>, inlay::dense<8>>;
using wavenet = inlay::network<inlay::sequence<256, 1>, inlay::dense<8>, layer<1>, layer<2>, layer<4>, layer<8>, layer<16>,
                               inlay::dense<8, inlay::tanh>, inlay::dense<1>>;

/// A recording of an amplifier: what went in, and what came out.
struct recording {
  sound clean, distorted;
};

/// Each window of a recording is a sequence that begins from zeros; the windows begin elsewhere in every epoch.
template <class Net>
void learn(const char* name, Net& net, const recording& from, std::size_t epochs, double learning_rate) {
  inlay::initialize(net, 1);
  static inlay::adam<Net> optimizer{};
  const std::size_t windows = from.clean.size() / Net::inputs - 1, batch = 16, steps = epochs * ((windows + batch - 1) / batch);
  const inlay::cosine_schedule schedule{.learning_rate = learning_rate, .t_max = steps, .eta_min = 0.01 * learning_rate};
  std::mt19937 random(1);
  std::size_t done = 0;
  progress bar(std::string("training ") + name, epochs);
  for (std::size_t epoch = 0; epoch < epochs; ++epoch, ++bar) {
    const std::size_t first = random() % Net::inputs;
    const auto rate = [&](std::size_t step) { return schedule(done + step); };
    const auto part = [&](const sound& all) { return std::span(all).subspan(first, windows * Net::inputs); };
    inlay::fit(net, optimizer, inlay::mean_squared_error{}, inlay::as_rows<Net::inputs>(part(from.clean)),
               inlay::as_rows<Net::outputs>(part(from.distorted)),
               {.epochs = 1, .batch_size = batch, .seed = epoch, .learning_rate = rate, .clip_gradient_norm = 1});
    done += (windows + batch - 1) / batch;
  }
}

/// The sum of the squares of what is wrong over that of what is right: 0 is perfect, 1 is silence.
inline double error_to_signal(const sound& made, const sound& right) {
  double error = 0, signal = 0;
  for (std::size_t i = 0; i < right.size(); ++i) {
    const double off = static_cast<double>(made[i]) - static_cast<double>(right[i]);
    error += off * off, signal += static_cast<double>(right[i]) * static_cast<double>(right[i]);
  }
  return error / signal;
}

} // namespace amp
