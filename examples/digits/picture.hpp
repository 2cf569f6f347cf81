#pragma once

#include "../picture_data.hpp"
#include "judgement.hpp"
#include "samples.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <string>
#include <vector>

namespace digits {

struct epoch {
  float loss;
  double accuracy;
};

/// Square images side by side as one matrix, row by row of `columns` images, with `right` pixels of the value
/// `paper` beside each and `below` pixels of it under each. Small images are written enlarged, because
/// viewers blur pixels.
struct tiles {
  std::size_t side, columns, right, below;
  float paper;

  std::size_t zoom() const { return std::max<std::size_t>(1, 32 / side); }

  template <class Pixel>
  void write(std::ofstream file, std::size_t count, Pixel&& pixel) const {
    const std::size_t width = side + right, height = side + below, rows = (count + columns - 1) / columns;
    for (std::size_t y = 0; y < rows * height * zoom(); ++y, file << '\n')
      for (std::size_t x = 0; x < columns * width * zoom(); ++x) {
        const std::size_t row = y / zoom() % height, column = x / zoom() % width;
        const std::size_t image = y / zoom() / height * columns + x / zoom() / width;
        file << (image < count && row < side && column < side ? pixel(image, row * side + column) : paper)
             << ' ';
      }
  }
};

/// What picture.gp draws: the confusion matrix, the course of the training, what the first layer looks for,
/// and the mistakes the net was most sure of.
template <class Net>
void write_picture_data(const std::string& directory, const Net& net, const samples<Net::inputs>& held_out,
                        const judgement& result, const std::vector<epoch>& course) {
  using first_layer = typename Net::topology::template layer<1>;
  constexpr bool sees = first_layer::output_shape::rank == 3; // a convolution, whose units are filters
  constexpr std::size_t units = sees ? first_layer::output_shape::extents[0] : 32, shown = 21, columns = 7;
  const auto side = static_cast<std::size_t>(std::lround(std::sqrt(Net::inputs)));

  auto confusion = create(directory + "/confusion.dat");
  for (std::size_t truth = 0; truth < classes; ++truth)
    for (std::size_t guess = 0; guess < classes; ++guess)
      confusion << guess << ' ' << truth << ' ' << result.confusion[truth][guess] << '\n';

  auto curve = create(directory + "/course.dat");
  for (std::size_t i = 0; i < course.size(); ++i)
    curve << i + 1 << ' ' << course[i].loss << ' ' << 100 * course[i].accuracy << '\n';

  const auto first = net.template layer<1>();
  const std::size_t border = std::max<std::size_t>(1, side / 14), caption = side * 2 / 5;
  constexpr std::size_t taps = first_layer::fan_in;
  const auto weights_side = static_cast<std::size_t>(std::lround(std::sqrt(taps)));
  const std::size_t weights_border = std::max<std::size_t>(1, weights_side / 14);
  const tiles weights{weights_side, 8, weights_border, weights_border, 0};
  weights.write(create(directory + "/weights.dat"), units, [&](std::size_t unit, std::size_t pixel) {
    float largest = 0; // every unit has its own scale
    for (std::size_t i = 0; i < taps; ++i)
      largest = std::max(largest, std::abs(first.weight(unit, i)));
    return first.weight(unit, pixel) / largest;
  });

  const std::size_t mistakes = std::min(shown, result.mistakes.size());
  const auto ink = [&](std::size_t i, std::size_t pixel) {
    return held_out.images[result.mistakes[i].image][pixel];
  };
  tiles{side, columns, border, caption, -0.1f}.write(create(directory + "/mistakes.dat"), mistakes, ink);
  auto captions = create(directory + "/captions.dat");
  for (std::size_t i = 0; i < mistakes; ++i)
    captions << i % columns << ' ' << i / columns << " \"" << result.mistakes[i].truth << " read as "
             << result.mistakes[i].guess << "\"\n";

  auto facts = create(directory + "/facts.gp");
  facts << "units = " << units << "\nsees = " << sees << "\nweights_width = " << weights_side + weights_border
        << "\nweights_zoom = " << weights.zoom() << "\nside = " << side << "\nwidth = " << side + border << "\nheight = " << side + caption
        << "\nzoom = " << tiles{side, columns, border, caption, 0}.zoom() << "\naccuracy = " << 100 * result.accuracy()
        << "\ncount = " << result.count << "\nmistakes = " << mistakes << '\n';
}

} // namespace digits
