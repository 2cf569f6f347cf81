#pragma once

#include "judgement.hpp"
#include "samples.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace digits {

struct epoch {
  float loss;
  double accuracy;
};

inline std::ofstream create(const std::string& path) {
  std::ofstream file(path);
  if (!file)
    throw std::runtime_error("cannot write " + path);
  return file;
}

/// Square images side by side as one matrix, with a border of `NaN` around each; row by row of `columns` images.
template <class Pixel>
void write_tiles(std::ofstream file, std::size_t count, std::size_t columns, std::size_t side, Pixel&& pixel) {
  const std::size_t rows = (count + columns - 1) / columns, pitch = side + 2;
  for (std::size_t y = 0; y < rows * pitch; ++y, file << '\n')
    for (std::size_t x = 0; x < columns * pitch; ++x) {
      const std::size_t image = y / pitch * columns + x / pitch, row = y % pitch, column = x % pitch;
      if (image < count && row < side && column < side)
        file << pixel(image, row * side + column) << ' ';
      else
        file << "NaN ";
    }
}

/// What picture.gp draws: the confusion matrix, the course of the training, what the first layer looks for, and
/// the mistakes the net was most sure of.
template <class Net>
void write_picture_data(const std::string& directory, const Net& net, const samples<Net::inputs>& held_out,
                        const judgement& result, const std::vector<epoch>& course) {
  constexpr std::size_t units = 32, shown = 18, columns = 6;
  const auto side = static_cast<std::size_t>(std::lround(std::sqrt(Net::inputs)));

  auto confusion = create(directory + "/confusion.dat");
  for (std::size_t truth = 0; truth < classes; ++truth)
    for (std::size_t guess = 0; guess < classes; ++guess)
      confusion << guess << ' ' << truth << ' ' << result.confusion[truth][guess] << '\n';

  auto curve = create(directory + "/course.dat");
  for (std::size_t i = 0; i < course.size(); ++i)
    curve << i + 1 << ' ' << course[i].loss << ' ' << 100 * course[i].accuracy << '\n';

  const auto first = net.template layer<1>();
  write_tiles(create(directory + "/weights.dat"), units, 8, side, [&](std::size_t unit, std::size_t pixel) {
    float largest = 0; // every unit has its own scale
    for (std::size_t i = 0; i < Net::inputs; ++i)
      largest = std::max(largest, std::abs(first.weight(unit, i)));
    return first.weight(unit, pixel) / largest;
  });

  const std::size_t mistakes = std::min(shown, result.mistakes.size());
  write_tiles(create(directory + "/mistakes.dat"), mistakes, columns, side, [&](std::size_t i, std::size_t pixel) {
    return held_out.images[result.mistakes[i].image][pixel];
  });
  auto captions = create(directory + "/captions.dat");
  for (std::size_t i = 0; i < mistakes; ++i)
    captions << i % columns << ' ' << i / columns << " \"" << result.mistakes[i].truth << " read as "
             << result.mistakes[i].guess << "\"\n";

  auto facts = create(directory + "/facts.gp");
  facts << "side = " << side << "\naccuracy = " << 100 * result.accuracy() << "\ncount = " << result.count
        << "\nmistakes = " << mistakes << '\n';
}

} // namespace digits
