// The sound of an amplifier: an LSTM and a WaveNet learn it from a recording, and play it sample by sample.
#include "learn.hpp"
#include "picture.hpp"
#include "stage.hpp"
#include "streaming.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

namespace {

amp::recording record(double seconds, unsigned seed) {
  auto clean = amp::play(seconds, seed);
  auto distorted = amp::distorted(clean);
  return {std::move(clean), std::move(distorted)};
}

template <class Net>
void teach(const char* name, Net& net, const amp::recording& training, std::size_t epochs, double learning_rate) {
  const auto start = std::chrono::steady_clock::now();
  amp::learn(name, net, training, epochs, learning_rate);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf("  %-8s %5zu parameters, %2zu epochs in %4.1f s: %3.0f ns a sample\n", name, Net::parameter_count, epochs,
              took.count(), 1e9 * took.count() / static_cast<double>(epochs * training.clean.size()));
}

} // namespace

int main(int argc, char** argv) {
  std::string data_directory;
  bool quick = false;
  CLI::App app{"Teaches two nets the sound of an amplifier's stage, and streams them."};
  app.add_option("--data", data_directory, "folder for the sounds and for the data of the picture");
  app.add_flag("--quick", quick, "a short run, as a test");
  CLI11_PARSE(app, argc, argv);
  try {
    // 1. Learn.
    const auto training = record(quick ? 2 : 20, 1), held_out = record(5, 2);
    std::printf("The stage of an amplifier that distorts, a diode clipper, solved at 8 times 48 kHz.\n"
                "Plucked strings through it: %.0f s to learn from, 5 s held out.\n\n",
                static_cast<double>(training.clean.size()) / static_cast<double>(amp::rate));
    static amp::lstm_net lstm{};
    static amp::wavenet wavenet{};
    teach("lstm", lstm, training, quick ? 10 : 60, 1e-2);
    teach("wavenet", wavenet, training, quick ? 5 : 25, 1e-2);

    // 2. Stream: what is in blocks must be what is sample by sample, or nothing is timed.
    const amp::voice<amp::lstm_net> of_lstm{"lstm", lstm};
    const amp::voice<amp::wavenet> of_wavenet{"wavenet", wavenet};
    const auto from_lstm = by_blocks(of_lstm, held_out.clean), from_wavenet = by_blocks(of_wavenet, held_out.clean);
    const float apart = std::max(amp::largest_difference(by_samples(of_lstm, held_out.clean), from_lstm),
                                 amp::largest_difference(by_samples(of_wavenet, held_out.clean), from_wavenet));
    if (!(apart < 1e-4f)) {
      std::fprintf(stderr, "samples and blocks differ by %g: nothing is timed\n", static_cast<double>(apart));
      return 1;
    }
    const double lstm_error = amp::error_to_signal(from_lstm, held_out.distorted);
    const double wavenet_error = amp::error_to_signal(from_wavenet, held_out.distorted);
    std::printf("\nError-to-signal ratio of the held-out sound: lstm %.2g, wavenet %.2g (of silence it is 1).\n\n", lstm_error,
                wavenet_error);

    const bool pinned = timing::pin_to_core();
    const auto times = time_streams(quick ? 10 : 300, held_out.clean, of_lstm, of_wavenet);
    print_times(times, of_lstm, of_wavenet);
    std::printf("  Single calls in turns, %s; samples and blocks give the same within %.0e.\n\n",
                pinned ? "pinned to one core" : "not pinned to a core (the system does not allow it)", static_cast<double>(apart));

    if (!data_directory.empty())
      amp::write_picture_data(
          data_directory,
          {{"before", held_out.clean}, {"true", held_out.distorted}, {"lstm", from_lstm}, {"wavenet", from_wavenet}}, times);
    const double most = quick ? 0.1 : 0.01;
    return lstm_error < most && wavenet_error < most ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
