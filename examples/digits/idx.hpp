#pragma once

#include "samples.hpp"
#include "source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

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

/// Images of 28 x 28 pixels with their labels, one after the other.
class idx_reader {
public:
  static constexpr std::size_t pixels = 784;

  /// The magic numbers have been read.
  idx_reader(source images, source labels) : images_(std::move(images)), labels_(std::move(labels)) { read_headers(); }

  const std::string& name() const { return images_.path(); }
  std::size_t count() const { return count_; }

  /// Back to the first sample.
  void begin() {
    if (read_ == 0)
      return;
    for (source* file : {&images_, &labels_}) {
      file->rewind();
      read_magic(*file);
    }
    read_headers();
  }

  /// The next sample, if there is one.
  bool next(sample<pixels>& into) {
    if (read_ == count_) {
      images_.expect_end();
      labels_.expect_end();
      return false;
    }
    std::array<std::uint8_t, pixels> bytes;
    images_.read(bytes, [&] { return "the pixels of image " + of_all(); });
    for (std::size_t pixel = 0; pixel < pixels; ++pixel)
      into.image[pixel] = static_cast<float>(bytes[pixel]) / 255;
    std::array<std::uint8_t, 1> label{};
    labels_.read(label, [&] { return "label " + of_all(); });
    if (label[0] >= classes)
      throw bad_file(labels_.path(), "byte " + std::to_string(labels_.offset() - 1), "a label from 0 to 9", std::to_string(label[0]));
    into.label = label[0];
    ++read_;
    return true;
  }

private:
  void read_headers() {
    count_ = images_.read_word("the number of images");
    for (const char* extent : {"28 rows", "28 columns"}) {
      const auto where = images_.where();
      if (const auto found = images_.read_word(extent); found != 28)
        throw bad_file(images_.path(), where, extent, std::to_string(found));
    }
    if (const auto found = labels_.read_word("the number of labels"); found != count_)
      throw bad_file(labels_.path(), "byte 4", std::to_string(count_) + " labels, one for each image of " + images_.path(),
                     std::to_string(found));
    read_ = 0;
  }

  std::string of_all() const { return std::to_string(read_ + 1) + " of " + std::to_string(count_); }

  source images_, labels_;
  std::size_t count_ = 0, read_ = 0;
};

} // namespace digits
