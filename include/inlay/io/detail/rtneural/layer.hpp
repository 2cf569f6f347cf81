#pragma once

#include "inlay/io/detail/description.hpp"
#include "inlay/io/detail/parse_json.hpp"

#include <string>
#include <utility>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// A layer of a file in RTNeural's JSON, its numbers in inlay's order and shapes: what becomes a layer of a net.
struct rtneural_layer {
  std::string kind; ///< as inlay calls it: dense, conv1d, lstm, gru, prelu, batch_norm or activation
  std::string part; ///< "layer 2 (dense)", for errors
  std::string activation = "identity";
  nlohmann::json shape; ///< of its output, as the file says it
  std::size_t inputs = 0, outputs = 0;
  std::size_t kernel = 1, dilation = 1, groups = 1;
  double epsilon = 0;
  std::vector<parameter_values> parameters{};

  std::vector<double>& add(const char* name, std::vector<std::size_t> shape_of_tensor, bool trained = true) {
    const std::size_t size = size_of(shape_of_tensor);
    parameters.push_back({name, std::move(shape_of_tensor), std::vector<double>(size, 0.0), trained});
    return parameters.back().values;
  }
};

/// One object of "layers" while it is read: its members, or the error that says which layer lacks what.
struct rtneural_entry {
  const nlohmann::json& json;
  const std::string& file;
  std::string part;

  [[noreturn]] void fail(std::string expected, std::string found) const {
    throw error(file, part, std::move(expected), std::move(found));
  }

  const nlohmann::json& array(const nlohmann::json& found, std::size_t size, const std::string& of) const {
    if (!found.is_array())
      fail(of + " as an array", std::string("a JSON ") + found.type_name());
    if (found.size() != size)
      fail(std::to_string(size) + " entries in " + of, std::to_string(found.size()));
    return found;
  }
  double number(const nlohmann::json& found) const {
    if (!found.is_number())
      fail("weights that are numbers", std::string("a JSON ") + found.type_name());
    return found.get<double>();
  }
  /// `size` numbers.
  std::vector<double> row(const nlohmann::json& found, std::size_t size, const std::string& of) const {
    std::vector<double> numbers;
    for (const auto& one : array(found, size, of))
      numbers.push_back(number(one));
    return numbers;
  }
  /// "weights", of which there are at least and at most so many.
  const nlohmann::json& weights(std::size_t least, std::size_t most) const {
    const auto& found = member(json, "weights", file, part);
    if (!found.is_array())
      fail("weights as an array", std::string("a JSON ") + found.type_name());
    if (found.size() < least || found.size() > most)
      fail((least < most ? std::to_string(least) + " or " : "") + std::to_string(most) + " entries in weights",
           std::to_string(found.size()));
    return found;
  }
  std::string text(const char* name) const {
    const auto& value = member(json, name, file, part);
    if (!value.is_string())
      fail(in_quotes(name) + " as a string", std::string("a JSON ") + value.type_name());
    return value.get<std::string>();
  }
  /// A whole number from 1 on, or an array of it as Keras writes; `otherwise` where there is none, if that is not 0.
  std::size_t whole(const char* name, std::size_t otherwise = 0) const {
    if (otherwise > 0 && !json.contains(name))
      return otherwise;
    const auto& found = member(json, name, file, part);
    const auto& one = found.is_array() && found.size() == 1 ? found[0] : found;
    if (!one.is_number_unsigned() || one.get<std::uint64_t>() == 0 || one.get<std::uint64_t>() > largest_extent)
      fail(in_quotes(name) + " as a whole number from 1 to " + std::to_string(largest_extent), in_quotes(found.dump()));
    return one.get<std::size_t>();
  }

  static constexpr std::size_t largest_extent = 1u << 20;
};

} // namespace inlay::io::detail
