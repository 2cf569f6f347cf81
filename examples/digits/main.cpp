// Handwritten digits: learns from real files, and shows on samples held out what it learned.
#include "../progress.hpp"
#include "files.hpp"
#include "judgement.hpp"
#include "picture.hpp"
#include "samples.hpp"

#include <CLI/CLI.hpp>
#include <inlay/inlay.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace {

// The shape of the data chooses the net: a shape is part of a net's type.
using mnist_net = inlay::network<inlay::input<784>, inlay::dense<128, inlay::relu>, inlay::dense<10>>;
using optdigits_net = inlay::network<inlay::input<64>, inlay::dense<64, inlay::relu>, inlay::dense<10>>;

struct options {
  std::vector<std::string> files;
  std::string data_directory;
  std::size_t epochs = 20;
  double at_least = 0;
};

double seconds(std::chrono::steady_clock::duration d) { return std::chrono::duration<double>(d).count(); }

template <class Net>
int learn(const char* topology, const digits::division<Net::inputs>& data, const options& options) {
  const auto& [training, held_out] = data;
  std::printf("%s, %zu parameters\n  learns from %zu samples: %s\n  is judged on %zu:      %s\n", topology,
              Net::parameter_count, training.labels.size(), training.name.c_str(), held_out.labels.size(),
              held_out.name.c_str());

  // Static: a net is a plain value without a heap, and these three have 1.6 MB.
  static Net net{};
  static inlay::adam<Net> optimizer{{.learning_rate = 1e-3f}};
  inlay::initialize(net, 1);
  std::vector<digits::epoch> course;
  progress bar("training", options.epochs);
  std::chrono::steady_clock::duration judging{};
  const auto start = std::chrono::steady_clock::now();
  inlay::fit(net, optimizer, inlay::cross_entropy{}, training.images, training.labels,
             {.epochs = options.epochs, .batch_size = 32, .seed = 1, .on_epoch = [&](std::size_t, float loss) {
                const auto from = std::chrono::steady_clock::now();
                course.push_back({loss, digits::judge(net, held_out).accuracy()});
                ++bar;
                judging += std::chrono::steady_clock::now() - from;
              }});
  const double took = seconds(std::chrono::steady_clock::now() - start - judging);

  const auto result = digits::judge(net, held_out);
  std::printf("\nTrained %zu epochs in %.1f s, %.0f samples/s; judged %.0f samples/s.\n\n", options.epochs, took,
              static_cast<double>(options.epochs * training.labels.size()) / took,
              static_cast<double>(options.epochs * held_out.labels.size()) / seconds(judging));
  result.print();
  std::printf("\nHeld-out accuracy: %.2f %%, %zu of %zu wrong.\n", 100 * result.accuracy(), result.mistakes.size(),
              result.count);
  if (!options.data_directory.empty())
    digits::write_picture_data(options.data_directory, net, held_out, result, course);
  return 100 * result.accuracy() < options.at_least ? 1 : 0;
}

} // namespace

int main(int argc, char** argv) {
  options options;
  CLI::App app{"Learns to read digits from IDX image and label files, or from UCI optical digits CSV."};
  app.add_option("files", options.files, "images and labels, or CSV: one set, or a larger to learn from and a smaller "
                                         "to be judged on; plain or gzip, told apart by their first bytes")
      ->required();
  app.add_option("--data", options.data_directory, "folder for the data of the picture");
  app.add_option("--epochs", options.epochs, "passes over the training samples")->check(CLI::Range(1, 10000));
  app.add_option("--at-least", options.at_least, "exit with 1 below this accuracy, in %");
  try {
    app.parse(argc, argv);
    const auto read = digits::read_files(options.files);
    if (read.idx.empty())
      return learn<optdigits_net>("64-64-10 ReLU", digits::divide(read.csv), options);
    return learn<mnist_net>("784-128-10 ReLU", digits::divide(read.idx), options);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
