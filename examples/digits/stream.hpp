#pragma once

#include "../progress.hpp"
#include "samples.hpp"
#include "shift.hpp"
#include "source.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace digits {

/// The first samples of a file that are learned from, or all of them; they stay in the file.
template <class File>
class beginning {
public:
  static constexpr std::size_t pixels = File::pixels;

  beginning(File file, const std::string& title, std::size_t count, bool whole, std::size_t buffer)
      : buffer_size(buffer > 0 ? buffer : std::clamp<std::size_t>(count / 4, 1, 10000)),
        name(title + ", read in each epoch, mixed in a buffer of " + std::to_string(buffer_size)), file_(std::move(file)), count_(count),
        whole_(whole) {}

  std::size_t buffer_size; // in samples, see below
  std::string name;

  std::size_t count() const { return count_; }
  void begin() {
    file_.begin();
    read_ = 0;
  }
  bool next(sample<pixels>& into) {
    if (read_ == count_ && !whole_)
      return false;
    if (file_.next(into)) { // asked behind the last one, too: only there a file shows that it has too much, or a wrong checksum
      ++read_;
      return true;
    }
    if (read_ != count_)
      throw bad_file(file_.name(), std::to_string(count_) + " samples, as before", std::to_string(read_));
    return false;
  }

private:
  File file_;
  std::size_t count_, read_ = 0;
  bool whole_;
};

/// As divide() of samples.hpp, with the training samples left in their file.
template <class File>
division<beginning<File>, File::pixels> divide_unread(std::vector<File> sets, std::size_t buffer) {
  std::vector<std::size_t> counts;
  for (auto& set : sets) {
    counts.push_back(set.count());
    require_five(set.name(), counts.back());
  }
  const bool one = sets.size() == 1;
  const std::size_t larger = !one && counts[1] > counts[0] ? 1 : 0, count = one ? counts[0] * 4 / 5 : counts[larger];
  auto& judged_on = sets[one ? 0 : 1 - larger];
  judged_on.begin();
  sample<File::pixels> passed_over;
  for (std::size_t i = 0; one && i < count; ++i)
    judged_on.next(passed_over);
  auto held_out = read_rest(judged_on, (one ? "the last 20 % of " : "") + judged_on.name());
  const auto title = (one ? "the first 80 % of " : "") + sets[larger].name();
  return {{std::move(sets[larger]), title, count, !one, buffer}, std::move(held_out)};
}

/// Samples for fit(), each moved as it is read. They come through a buffer, as of shuffle(buffer_size) in tf.data: each is drawn from
/// it at random, and the next of the file takes its place. So order is mixed as far as the buffer reaches, and no farther.
template <class File>
class shuffled {
public:
  using target_type = std::size_t;

  /// The bar goes on with each sample, as an epoch of a large file is long.
  shuffled(beginning<File>& from, progress& bar) : from_(from), bar_(bar) {}

  void begin(std::size_t epoch) {
    random_.seed(static_cast<std::mt19937::result_type>(epoch + 1));
    buffer_.clear();
    ended_ = false;
    from_.begin();
  }

  std::size_t read(std::span<std::array<float, File::pixels>> images, std::span<std::size_t> labels) {
    std::size_t count = 0;
    for (; count < images.size(); ++count) {
      fill();
      if (buffer_.empty())
        break;
      auto& drawn = buffer_[std::uniform_int_distribution<std::size_t>(0, buffer_.size() - 1)(random_)];
      images[count] = drawn.image;
      labels[count] = drawn.label;
      drawn = buffer_.back();
      buffer_.pop_back();
    }
    bar_ += count;
    return count;
  }

private:
  void fill() {
    for (sample<File::pixels> next; !ended_ && buffer_.size() < from_.buffer_size;) {
      ended_ = !from_.next(next);
      if (!ended_)
        buffer_.push_back({moved_at_random(next.image, random_), next.label});
    }
  }

  beginning<File>& from_;
  progress& bar_;
  std::mt19937 random_;
  std::vector<sample<File::pixels>> buffer_;
  bool ended_ = false;
};

} // namespace digits
