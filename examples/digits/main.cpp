// Handwritten digits: learns from real files, and shows on samples held out what it learned.
#include "../progress.hpp"
#include "files.hpp"
#include "judgement.hpp"
#include "picture.hpp"
#include "samples.hpp"
#include "shift.hpp"
#include "stream.hpp"

#include <CLI/CLI.hpp>
#include <inlay/inlay.hpp>
#include <inlay/threads.hpp>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <iostream>
#include <random>
#include <string>
#include <utility>
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
  bool stream = false;
  std::size_t buffer = 0; // 0: what suits the set
};

double seconds(std::chrono::steady_clock::duration d) { return std::chrono::duration<double>(d).count(); }

/// What is known of the training after each epoch.
template <class Net>
struct training_course {
  const Net& net;
  const digits::samples<Net::inputs>& held_out;
  std::vector<digits::epoch> epochs{};
  double learning = 0, judging = 0; // s
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();

  void add(double loss) {
    const auto learned = std::chrono::steady_clock::now();
    learning += seconds(learned - start);
    epochs.push_back({static_cast<float>(loss), digits::judge(net, held_out).accuracy()});
    start = std::chrono::steady_clock::now();
    judging += seconds(start - learned);
  }
};

/// From samples in memory.
template <class Net>
void train(Net& net, inlay::adam<Net>& optimizer, digits::samples<Net::inputs>& training, std::size_t epochs, training_course<Net>& course) {
  std::mt19937 random(1);
  auto moved = training;
  progress bar("training", epochs);
  for (std::size_t epoch = 0; epoch < epochs; ++epoch, ++bar) {
    digits::shift_all(training, moved, random);
    course.start = std::chrono::steady_clock::now();
    const auto loss = inlay::fit(net, optimizer, inlay::cross_entropy{}, moved.images, moved.labels,
                                 {.epochs = 1, .batch_size = 32, .seed = epoch});
    course.add(loss.back());
  }
}

/// From a file, which a thread of its own reads ahead.
template <class Net, class File>
void train(Net& net, inlay::adam<Net>& optimizer, digits::beginning<File>& training, std::size_t epochs, training_course<Net>& course) {
  progress bar("training", epochs * training.count());
  inlay::fit(inlay::threads(), net, optimizer, inlay::cross_entropy{}, digits::shuffled<File>(training, bar),
             {.epochs = epochs, .batch_size = 32, .seed = 1, .on_epoch = [&](std::size_t, double loss) {
                course.add(loss);
              }});
}

template <class Net, class Training>
int learn(const char* topology, digits::division<Training, Net::inputs> data, std::size_t epochs, const options& options) {
  auto& [training, held_out] = data;
  epochs = options.epochs > 0 ? options.epochs : epochs;
  std::printf("%s, %zu parameters\n  learns from %zu samples: %s\n  is judged on %zu samples: %s\n", topology,
              Net::parameter_count, training.count(), training.name.c_str(), held_out.count(), held_out.name.c_str());

  // Static: a net is a plain value without a heap, and these three have 1.6 MB.
  static Net net{};
  static inlay::adam<Net> optimizer{{.learning_rate = 1e-3f}};
  inlay::initialize(net, 1);
  training_course<Net> course{net, held_out};
  const auto print_accuracy = [&](const digits::judgement& result, const std::string& when) {
    std::printf("\nHeld-out accuracy%s: %.2f %%, %zu of %zu wrong.\n", when.c_str(), 100 * result.accuracy(), result.mistakes.size(), result.count);
  };
  try {
    train(net, optimizer, training, epochs, course);
  } catch (const digits::bad_file&) {
    if (!course.epochs.empty()) // the net is that of the last whole one
      print_accuracy(digits::judge(net, held_out), " after " + std::to_string(course.epochs.size()) + " of " + std::to_string(epochs) + " epochs");
    std::fflush(stdout);
    throw;
  }

  const auto result = digits::judge(net, held_out);
  std::printf("\nTrained %zu epochs in %.1f s, %.0f samples/s; judged %.0f samples/s.\n\n", epochs, course.learning,
              static_cast<double>(epochs * training.count()) / course.learning,
              static_cast<double>(epochs * held_out.count()) / course.judging);
  result.print();
  print_accuracy(result, "");
  if (!options.data_directory.empty())
    digits::write_picture_data(options.data_directory, net, held_out, result, course.epochs);
  return 100 * result.accuracy() < options.at_least ? 1 : 0;
}

template <class Net, class File>
int learn(const char* topology, std::vector<File> files, std::size_t epochs, const options& options) {
  if (options.stream)
    return learn<Net>(topology, digits::divide_unread(std::move(files), options.buffer), epochs, options);
  std::vector<digits::samples<File::pixels>> sets;
  for (auto& file : files)
    sets.push_back(digits::read_rest(file, file.name()));
  return learn<Net>(topology, digits::divide(std::move(sets)), epochs, options);
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
  auto* stream =
      app.add_flag("--stream", options.stream,
                   "for what is larger than memory: the training files are read anew in each epoch, and mixed in a buffer");
  app.add_option("--buffer", options.buffer,
                 "samples in that buffer, as of shuffle() in tf.data: a quarter of the training samples, at most 10000, if not given; "
                 "of a file sorted by class more than a class has")
      ->check(CLI::Range(1, 100000000))
      ->needs(stream);
  app.add_option("--at-least", options.at_least, "exit with 1 below this accuracy, in %");
  try {
    app.parse(argc, argv);
    auto opened = digits::open_files(options.files);
    const bool sees = options.net == "convolution";
    if (opened.idx.empty())
      return sees ? learn<optdigits_convolution>("8x8, convolution 16 3x3, 32 3x3, pool, 64, 10", std::move(opened.csv), 100, options)
                  : learn<optdigits_net>("64-128-10 ReLU", std::move(opened.csv), 200, options);
    return sees ? learn<mnist_convolution>("28x28, convolution 16 5x5, pool, 32 3x3, pool, 64, 10", std::move(opened.idx), 30, options)
                : learn<mnist_net>("784-128-10 ReLU", std::move(opened.idx), 30, options);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
