#pragma once

#include "inlay/io/detail/json_entry.hpp"

#include <vector>

namespace inlay::audio {

/// The one list of numbers of a .nam file, taken in the order in which the layers come.
class weight_list {
public:
  explicit weight_list(const io::detail::json_entry& model) : from(model) {
    const auto& found = io::detail::member(model.json, "weights", model.file, model.part);
    if (!found.is_array())
      model.fail("weights as an array", std::string("a JSON ") + found.type_name());
    for (const auto& one : found)
      numbers.push_back(model.number(one));
  }

  std::vector<double> take(std::size_t count) {
    if (count > numbers.size() - at)
      from.fail("at least " + std::to_string(at + count) + " weights, as its layers want",
                std::to_string(numbers.size()));
    at += count;
    const auto end = numbers.begin() + static_cast<std::ptrdiff_t>(at);
    return {end - static_cast<std::ptrdiff_t>(count), end};
  }
  /// Throws where numbers are left.
  void end() const {
    if (at != numbers.size())
      from.fail(std::to_string(at) + " weights, as its layers want", std::to_string(numbers.size()));
  }

private:
  const io::detail::json_entry& from;
  std::vector<double> numbers{};
  std::size_t at = 0;
};

} // namespace inlay::audio
