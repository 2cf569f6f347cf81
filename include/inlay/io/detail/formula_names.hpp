#pragma once

#include "inlay/io/detail/description.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"

#include <charconv>
#include <system_error>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// What words of a formula that are no tensors stand for: names, numbers, and lists of these in brackets.
class formula_names {
public:
  explicit formula_names(std::vector<formula_value> named) : named(std::move(named)) {}
  /// The number arguments and the options of a layer.
  explicit formula_names(const layer_description& layer) : named(layer.options) {
    for (const argument& one : layer.arguments)
      if (one.is == argument::kind::number)
        named.push_back({formula_value::kind::whole, one.name, {static_cast<double>(one.value)}});
  }

  /// Throws io::error for a word that is none of them.
  formula_value value_of(std::string_view text) const {
    using kind = formula_value::kind;
    if (text.starts_with('[')) {
      formula_value list{kind::list, "", {}};
      for (std::size_t at = 1; at < text.size();) {
        const auto end = text.find_first_of(",]", at);
        for (const double number : value_of(text.substr(at, end - at)).numbers)
          list.numbers.push_back(number);
        at = text.find_first_not_of(", ]", end);
      }
      return list;
    }
    for (const formula_value& one : named)
      if (one.name == text)
        return one;
    if (const auto plus = text.find('+'); plus != text.npos && plus > 0)
      return {kind::whole, "", {value_of(text.substr(0, plus)).numbers[0] + value_of(text.substr(plus + 1)).numbers[0]}};
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value); // in no language but C++'s
    if (problem != std::errc() || end != text.data() + text.size())
      throw error("memory", "formula", "a number, or the name of something", in_quotes(std::string(text)));
    const bool whole = text.find_first_not_of("-0123456789") == text.npos;
    return {whole ? kind::whole : kind::real, "", {value}};
  }

private:
  std::vector<formula_value> named;
};

} // namespace inlay::io::detail
