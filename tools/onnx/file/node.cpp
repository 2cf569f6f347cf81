#include "file/node.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>

namespace inlay::onnx {

std::string node::title() const {
  const std::string& known_by = !name.empty() || outputs.empty() ? name : outputs[0];
  return "node " + io::detail::in_quotes(known_by) + " (" + io::detail::printable(operation()) + ")";
}
double node::number(const std::string& attribute, double otherwise) const {
  const auto found = attributes.find(attribute);
  return found == attributes.end() ? otherwise : found->second.number.value_or(otherwise);
}
std::vector<std::int64_t> node::list(const std::string& attribute) const {
  std::vector<std::int64_t> numbers;
  if (const auto found = attributes.find(attribute); found != attributes.end())
    for (const double number : found->second.numbers)
      numbers.push_back(static_cast<std::int64_t>(std::clamp(number, -0x1p53, 0x1p53)));
  return numbers;
}
std::string node::text(const std::string& attribute, const std::string& otherwise) const {
  const auto found = attributes.find(attribute);
  return found == attributes.end() ? otherwise : found->second.text;
}

} // namespace inlay::onnx
