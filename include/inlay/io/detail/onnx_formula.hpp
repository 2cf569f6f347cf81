#pragma once

#include "inlay/io/error.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// What a layer or an activation computes, in the operators of ONNX: `Mul(z, HardSigmoid(z; alpha=0.2, beta=0.5))`. An operator
/// has inputs, and behind a semicolon attributes: whole numbers, others with a point, lists of whole numbers in brackets, which
/// may be inputs, too, and have sums: `[start+length]`. A
/// term without parentheses is a number or the name of something: of an activation's z and parameter, of a layer's x, its
/// arguments, options and parameters, and `inner...`, what the branches of a composite give, one input each; or a list of whole
/// numbers, as Reshape wants for its second input. The term `input` is that of several inputs which a layer takes, the operator
/// Outputs makes each of its inputs an output of the graph.
struct onnx_formula {
  std::string word; ///< an operator, a name or a number
  bool is_operator = false;
  std::vector<onnx_formula> inputs{};
  std::vector<std::pair<std::string, std::string>> attributes{};
};

/// Reads a formula; throws io::error where it is none.
class onnx_formula_reader {
public:
  static onnx_formula read(std::string_view text) {
    onnx_formula_reader reader(text);
    auto formula = reader.term();
    if (!reader.rest.empty())
      reader.fail("the end");
    return formula;
  }

private:
  explicit onnx_formula_reader(std::string_view text) : whole(text), rest(text) {}

  [[noreturn]] void fail(const char* wanted) const {
    throw error("memory", "formula '" + std::string(whole) + "'", wanted, "'" + std::string(rest) + "'");
  }
  bool take(char c) {
    const bool is_next = !rest.empty() && rest[0] == c;
    if (is_next)
      rest.remove_prefix(1);
    while (is_next && !rest.empty() && rest[0] == ' ')
      rest.remove_prefix(1);
    return is_next;
  }
  std::string word() {
    const auto length = (std::min)(rest.find_first_of("(),;= "), rest.size());
    if (length == 0)
      fail("a word");
    const std::string found(rest.substr(0, length));
    rest.remove_prefix(length);
    return found;
  }
  /// A word, or several in brackets.
  std::string value() {
    if (rest.empty() || rest[0] != '[')
      return word();
    const auto end = rest.find(']');
    if (end == rest.npos)
      fail("']'");
    const std::string found(rest.substr(0, end + 1));
    rest.remove_prefix(end + 1);
    return found;
  }
  onnx_formula term() {
    onnx_formula found{value()};
    if (found.word[0] == '[' || !take('('))
      return found;
    found.is_operator = true;
    do
      found.inputs.push_back(term());
    while (take(','));
    if (take(';'))
      do {
        std::string name = word();
        if (!take('='))
          fail("'='");
        found.attributes.emplace_back(std::move(name), value());
      } while (take(','));
    if (!take(')'))
      fail("')'");
    return found;
  }

  std::string_view whole, rest;
};

} // namespace inlay::io::detail
