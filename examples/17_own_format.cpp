// Weights in a format of somebody else's: openpilot's and sunnypilot's models of lateral control, JSON with the layers by name. It is
// read in some thirty lines into the type that the program was written for, and what does not fit is told, not loaded.
//     17_own_format [FILE]        of 18 inputs and layers of 7, 13, 3 and 1; without one, a file that the example writes itself
#include <inlay/inlay.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using nlohmann::json;
using net_t = inlay::network<inlay::input<18>, inlay::rescale<>, inlay::dense<7, inlay::sigmoid>, inlay::dense<13, inlay::sigmoid>,
                             inlay::dense<3>, inlay::dense<1>>;

// --- the format ------------------------------------------------------------------------------------------------------

/// A matrix as rows of numbers, into an array of the size that is wanted.
template <class Array>
Array numbers(const json& from, const std::string& name) {
  std::vector<float> all;
  for (const auto& row : from.at(name))
    all.insert(all.end(), row.begin(), row.end());
  Array into{};
  if (all.size() != into.size())
    throw std::runtime_error(name + ": expected " + std::to_string(into.size()) + " numbers, found " + std::to_string(all.size()));
  std::copy(all.begin(), all.end(), into.begin());
  return into;
}

template <std::size_t k> // from 1; before them the net has the scale of its inputs
void read_dense(net_t& net, const json& from, const char* activation) {
  auto layer = net.layer<k + 1>();
  const std::string name = "dense_" + std::to_string(k);
  if (from.at("activation") != activation)
    throw std::runtime_error(name + ": expected " + activation + ", found " + from.at("activation").dump());
  layer.assign(numbers<decltype(layer.weights())>(from, name + "_W"), numbers<decltype(layer.biases())>(from, name + "_b"));
}

net_t read(const json& file) {
  net_t net{};
  std::array<float, net_t::statistic_count> scale; // (x - mean) / std as w x + b
  const auto mean = numbers<net_t::input_type>(file, "input_mean"), deviation = numbers<net_t::input_type>(file, "input_std");
  for (std::size_t i = 0; i < mean.size(); ++i)
    scale[i] = 1 / deviation[i], scale[mean.size() + i] = -mean[i] / deviation[i];
  inlay::set_statistics(net, scale);
  const json& layers = file.at("layers");
  read_dense<1>(net, layers.at(0), "σ"), read_dense<2>(net, layers.at(1), "σ");
  read_dense<3>(net, layers.at(2), "identity"), read_dense<4>(net, layers.at(3), "identity");
  return net;
}

// --- a file, and what it computes, by plain loops ---------------------------------------------------------------------

json made_up() {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> uniform(-1, 1);
  const auto matrix = [&](std::size_t rows, std::size_t columns, double least = -1) {
    json all = json::array();
    for (std::size_t r = 0; r < rows; ++r) {
      all.push_back(json::array());
      for (std::size_t c = 0; c < columns; ++c)
        all.back().push_back(std::max(least, uniform(random)));
    }
    return all;
  };
  json file{{"input_mean", matrix(18, 1)}, {"input_std", matrix(18, 1, 0.5)}, {"layers", json::array()}};
  std::size_t inputs = 18, k = 0;
  for (const std::size_t outputs : {7u, 13u, 3u, 1u}) {
    const std::string name = "dense_" + std::to_string(++k);
    file["layers"].push_back({{name + "_W", matrix(outputs, inputs)}, {name + "_b", matrix(outputs, 1)}, {"activation", k < 3 ? "σ" : "identity"}});
    inputs = outputs;
  }
  return file;
}

double by_hand(const json& file, std::vector<double> x) {
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = (x[i] - file["input_mean"][i][0].get<double>()) / file["input_std"][i][0].get<double>();
  std::size_t k = 0;
  for (const json& layer : file["layers"]) {
    const std::string name = "dense_" + std::to_string(++k);
    std::vector<double> y;
    for (std::size_t o = 0; o < layer[name + "_W"].size(); ++o) {
      double z = layer[name + "_b"][o][0];
      for (std::size_t i = 0; i < x.size(); ++i)
        z += layer[name + "_W"][o][i].get<double>() * x[i];
      y.push_back(layer["activation"] == "σ" ? 1 / (1 + std::exp(-z)) : z);
    }
    x = y;
  }
  return x[0];
}

int main(int argc, char** argv) try {
  std::ifstream from(argc > 1 ? argv[1] : "");
  if (argc > 1 && !from)
    throw std::runtime_error(std::string(argv[1]) + ": there is no such file");
  json file = argc > 1 ? json::parse(from) : made_up();
  const net_t net = read(file);
  double worst = 0;
  net_t::input_type x{};
  for (int sample = 0; sample < 100; ++sample) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double wide = std::sin(sample + 1.3 * static_cast<double>(i));
      x[i] = static_cast<float>(file["input_mean"][i][0].get<double>() + wide * file["input_std"][i][0].get<double>());
    }
    worst = std::max(worst, std::abs(net(x)[0] - by_hand(file, {x.begin(), x.end()})));
  }
  std::printf("%zu parameters; of 100 inputs none is farther than %.1g from loops over the file\n", net_t::parameter_count, worst);

  file["layers"][1]["dense_2_W"].erase(0); // a row is missing
  try {
    read(file);
    return 1;
  } catch (const std::runtime_error& refused) {
    std::printf("without a row of it: %s\n", refused.what());
  }
  return worst < 1e-4 ? 0 : 1;
} catch (const std::exception& wrong) {
  std::fprintf(stderr, "17_own_format: %s\n", wrong.what());
  return 2;
}
