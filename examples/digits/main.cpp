// Handwritten digits: learns from real files, and shows on samples held out what it learned.
#include "../progress.hpp"
#include "files.hpp"
#include "judgement.hpp"
#include "picture.hpp"
#include "samples.hpp"
#include "shift.hpp"

#include <CLI/CLI.hpp>
#include <inlay/inlay.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <iostream>
#include <random>
#include <string>
#include <vector>

namespace {

// The shape of the data chooses the net: a shape is part of a net's type.
using mnist_net = inlay::network<inlay::input<784>, inlay::dense<128, inlay::relu>, inlay::dense<10>>;
using optdigits_net = inlay::network<inlay::input<64>, inlay::dense<128, inlay::relu>, inlay::dense<10>>;
using mnist_convolution =
    inlay::network<inlay::input<1, 28, 28>, inlay::conv2d<16, 5, 5, inlay::relu>, inlay::max_pool2d<2>,
                   inlay::conv2d<32, 3, 3, inlay::relu>, inlay::max_pool2d<2>, inlay::dense<64, inlay::relu>,
                   inlay::dropout<>, inlay::dense<10>>;
using optdigits_convolution =
    inlay::network<inlay::input<1, 8, 8>, inlay::conv2d<16, 3, 3, inlay::relu>, inlay::conv2d<32, 3, 3, inlay::relu>,
                   inlay::max_pool2d<2>, inlay::dense<64, inlay::relu>, inlay::dropout<>, inlay::dense<10>>;

struct options {
  std::vector<std::string> files;
  std::string data_directory;
  std::string net = "dense";
  std::size_t epochs = 0; // 0: what suits the set
  double at_least = 0;
};

double seconds(std::chrono::steady_clock::duration d) { return std::chrono::duration<double>(d).count(); }

template <class Net>
int learn(const char* topology, const digits::division<Net::inputs>& data, std::size_t epochs,
          const options& options) {
  const auto& [training, held_out] = data;
  epochs = options.epochs > 0 ? options.epochs : epochs;
  std::printf("%s, %zu parameters\n  learns from %zu samples: %s\n  is judged on %zu samples: %s\n", topology,
              Net::parameter_count, training.labels.size(), training.name.c_str(), held_out.labels.size(),
              held_out.name.c_str());

  // Static: a net is a plain value without a heap, and these three have 1.6 MB.
  static Net net{};
  static inlay::adam<Net> optimizer{{.learning_rate = 1e-3f}};
  inlay::initialize(net, 1);
  std::mt19937 random(1);
  auto moved = training;
  std::vector<digits::epoch> course;
  double learning = 0, judging = 0;
  progress bar("training", epochs);
  for (std::size_t epoch = 0; epoch < epochs; ++epoch, ++bar) {
    digits::shift_all(training, moved, random);
    const auto start = std::chrono::steady_clock::now();
    const auto loss = inlay::fit(net, optimizer, inlay::cross_entropy{}, moved.images, moved.labels,
                                 {.epochs = 1, .batch_size = 32, .seed = epoch});
    const auto learned = std::chrono::steady_clock::now();
    course.push_back({loss.back(), digits::judge(net, held_out).accuracy()});
    judging += seconds(std::chrono::steady_clock::now() - learned);
    learning += seconds(learned - start);
  }

  const auto result = digits::judge(net, held_out);
  std::printf("\nTrained %zu epochs in %.1f s, %.0f samples/s; judged %.0f samples/s.\n\n", epochs, learning,
              static_cast<double>(epochs * training.labels.size()) / learning,
              static_cast<double>(epochs * held_out.labels.size()) / judging);
  result.print();
  std::printf("\nHeld-out accuracy: %.2f %%, %zu of %zu wrong.\n", 100 * result.accuracy(),
              result.mistakes.size(), result.count);
  if (!options.data_directory.empty())
    digits::write_picture_data(options.data_directory, net, held_out, result, course);
  return 100 * result.accuracy() < options.at_least ? 1 : 0;
}

} // namespace

int main(int argc, char** argv) {
  options options;
  CLI::App app{"Learns to read digits from IDX image and label files, or from UCI optical digits CSV."};
  app.add_option("files", options.files,
                 "images and labels, or CSV: one set, or a larger to learn from and a smaller "
                 "to be judged on; plain or gzip, told apart by their first bytes")
      ->required();
  app.add_option("--data", options.data_directory, "folder for the data of the picture");
  app.add_option("--net", options.net, "dense, two layers of weights, or convolution, which sees the image as such")
      ->check(CLI::IsMember({"dense", "convolution"}));
  app.add_option("--epochs", options.epochs,
                 "passes over the training samples: 30 for IDX files, 200 (convolution 100) for the smaller CSV, if not given")
      ->check(CLI::Range(1, 10000));
  app.add_option("--at-least", options.at_least, "exit with 1 below this accuracy, in %");
  try {
    app.parse(argc, argv);
    const auto read = digits::read_files(options.files);
    const bool sees = options.net == "convolution";
    if (read.idx.empty()) {
      const auto data = digits::divide(read.csv);
      return sees ? learn<optdigits_convolution>("8x8, convolution 16 3x3, 32 3x3, pool, 64, 10", data, 100, options)
                  : learn<optdigits_net>("64-128-10 ReLU", data, 200, options);
    }
    const auto data = digits::divide(read.idx);
    return sees ? learn<mnist_convolution>("28x28, convolution 16 5x5, pool, 32 3x3, pool, 64, 10", data, 30, options)
                : learn<mnist_net>("784-128-10 ReLU", data, 30, options);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
