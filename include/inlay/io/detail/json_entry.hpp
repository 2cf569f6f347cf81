#pragma once

#include "inlay/io/detail/parse_json.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// An object of a file while it is read: its members, or the error that says which part lacks what.
struct json_entry {
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

  /// Whether there is such a member that is not null.
  bool has(const char* name) const {
    const auto found = json.find(name);
    return found != json.end() && !found->is_null();
  }
  bool flag(const char* name, bool otherwise) const {
    if (!has(name))
      return otherwise;
    if (!json[name].is_boolean())
      fail(in_quotes(name) + " as true or false", in_quotes(json[name].dump()));
    return json[name].get<bool>();
  }
  /// Throws for a member that is none of these: what is not known may change what a model computes.
  void only(std::initializer_list<std::string_view> known) const {
    for (const auto& [name, value] : json.items())
      if (!value.is_null() && std::find(known.begin(), known.end(), name) == known.end())
        fail("members that are known here", in_quotes(name));
  }

  static constexpr std::size_t largest_extent = 1u << 20;
};

} // namespace inlay::io::detail
