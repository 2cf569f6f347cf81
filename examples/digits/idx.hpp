#pragma once

#include "samples.hpp"
#include "source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

// The IDX files of MNIST: a magic number, the extents as 32-bit numbers, then bytes; all of it big-endian.
namespace digits {

inline constexpr std::uint32_t image_magic = 0x00000803, label_magic = 0x00000801;

inline std::uint32_t read_magic(source& file) {
  const auto magic = file.read_word("an IDX magic number or a line of CSV");
  if (magic != image_magic && magic != label_magic) {
    char found[11];
    std::snprintf(found, sizeof found, "0x%08X", magic);
    throw bad_file(file.path(), "byte 0", "the magic number 0x00000803 (images) or 0x00000801 (labels)",
                   found);
  }
  return magic;
}

/// Images of 28 x 28 pixels, each pixel from 0 (paper) to 1 (ink). The magic number has been read.
inline std::vector<std::array<float, 784>> read_images(source& file) {
  const auto count = file.read_word("the number of images");
  for (const char* extent : {"28 rows", "28 columns"}) {
    const auto where = file.where();
    if (const auto found = file.read_word(extent); found != 28)
      throw bad_file(file.path(), where, extent, std::to_string(found));
  }
  std::vector<std::array<float, 784>> images;
  std::array<std::uint8_t, 784> bytes;
  for (std::uint32_t i = 0; i < count; ++i) {
    file.read(bytes, "the pixels of image " + std::to_string(i + 1) + " of " + std::to_string(count));
    auto& image = images.emplace_back();
    for (std::size_t pixel = 0; pixel < 784; ++pixel)
      image[pixel] = static_cast<float>(bytes[pixel]) / 255;
  }
  file.expect_end();
  return images;
}

inline std::vector<std::size_t> read_labels(source& file) {
  const auto count = file.read_word("the number of labels");
  std::vector<std::size_t> labels;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto where = file.where();
    std::array<std::uint8_t, 1> label{};
    file.read(label, "label " + std::to_string(i + 1) + " of " + std::to_string(count));
    if (label[0] >= classes)
      throw bad_file(file.path(), where, "a label from 0 to 9", std::to_string(label[0]));
    labels.push_back(label[0]);
  }
  file.expect_end();
  return labels;
}

} // namespace digits
