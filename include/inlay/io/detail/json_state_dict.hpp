#pragma once

#include "inlay/io/detail/parse_json.hpp"
#include "inlay/io/state_dict.hpp"

/// A state_dict as JSON, which is what PyTorch's side of RTNeural writes: names, and nested arrays. It has no topology.
namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// The numbers of nested arrays, each of which must be as long as its shape says.
inline void flatten_json(const nlohmann::json& from, const std::vector<std::size_t>& shape, std::size_t axis,
                         std::vector<double>& into, const std::string& file, const std::string& part) {
  if (axis == shape.size()) {
    if (!from.is_number())
      throw error(file, part, "numbers in arrays of shape " + text_of(shape),
                  std::string("a JSON ") + from.type_name());
    into.push_back(from.get<double>());
    return;
  }
  if (!from.is_array() || from.size() != shape[axis])
    throw error(file, part, "shape " + text_of(shape),
                from.is_array() ? std::to_string(from.size()) + " entries in axis " + std::to_string(axis)
                                : std::string("a JSON ") + from.type_name());
  for (const auto& one : from)
    flatten_json(one, shape, axis + 1, into, file, part);
}

/// Tensors that are none: how often a batch norm was trained, and its ε, which a file may bring.
inline bool tells_no_parameter(const std::string& name) {
  const std::string last = name.substr(name.rfind('.') + 1);
  return last == "num_batches_tracked" || last == "eps";
}

inline void load_json_state_dict(const nlohmann::json& root, const std::string& file, net_description& net,
                                 const state_dict& how) {
  if (!root.is_object())
    throw error(file, "", "an object of tensors", std::string("a JSON ") + root.type_name());
  std::set<std::string> wanted;
  for_each_named(net.layers, how.names, [&](auto& tensor, const std::string& name) {
    wanted.insert(name);
    const std::string part = "tensor " + in_quotes(name);
    const auto found = root.find(name);
    if (found == root.end()) {
      if (tensor.name == "bias" && root.contains(name.substr(0, name.size() - 4) + "weight")) {
        std::fill(tensor.values.begin(), tensor.values.end(), 0.0); // bias=False
        return;
      }
      std::string names;
      for (const auto& [other, value] : root.items())
        if (names.size() < 200)
          names += (names.empty() ? "" : ", ") + in_quotes(other);
      throw error(file, part, "a tensor of this name", names.empty() ? "no tensor at all" : "only " + names);
    }
    tensor.values.clear();
    flatten_json(*found, tensor.shape, 0, tensor.values, file, part);
    check_numbers(tensor.values, net.double_precision, how.allow_non_finite, file, part, finite_unless_asked);
  });
  if (how.strict)
    for (const auto& [name, value] : root.items())
      if (!wanted.contains(name) && !tells_no_parameter(name))
        throw error(file, "tensor " + in_quotes(name), "only tensors of the net (or .strict = false)", "one more");
}

} // namespace inlay::io::detail
