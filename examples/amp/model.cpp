// A model of an amplifier from a file (.nam, RTNeural's or GuitarML's JSON), embedded by inlay_add_model: plucked strings
// through it, sample by sample.
#include "picture.hpp"
#include "streaming.hpp"

#include <amp_model.hpp>

#include <CLI/CLI.hpp>
#include <inlay/io/verify.hpp>

#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

int main(int argc, char** argv) {
  std::string data_directory;
  CLI::App app{"Streams a model of an amplifier."};
  app.add_option("--data", data_directory, "folder for the sounds and for the data of the picture");
  CLI11_PARSE(app, argc, argv);
  try {
    using net_t = amp_model_t::net_t;
    std::printf("%s: %zu parameters\n", amp_model.source.data(), net_t::parameter_count);
    const bool verified{inlay::io::verify(amp_model)}; // does the compiled net compute what the file says?

    const amp::voice<net_t> model{"model", amp_model.net, amp_model.stream()};
    const auto clean = amp::play(5, 2), made = by_blocks(model, clean);
    const float apart = amp::largest_difference(by_samples(model, clean), made);
    if (!(apart < 1e-3f * amp::loudest(made))) {
      std::fprintf(stderr, "samples and blocks differ by %g: nothing is timed\n", static_cast<double>(apart));
      return 1;
    }
    const bool pinned = timing::pin_to_core();
    const auto times = time_streams(50, clean, model);
    print_times(times, model);
    std::printf("  Single calls, %s; samples and blocks give the same within %.0e.\n\n",
                pinned ? "pinned to one core" : "not pinned to a core (the system does not allow it)", static_cast<double>(apart));
    if (!data_directory.empty())
      amp::write_picture_data(data_directory, {{"before", clean}, {"model", made}}, times);
    return verified ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
