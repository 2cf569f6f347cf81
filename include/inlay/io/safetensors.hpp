#pragma once

#include "inlay/io/detail/describe.hpp"
#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/safetensors_file.hpp"
#include "inlay/io/detail/safetensors_writer.hpp"
#include "inlay/io/state_dict.hpp"

/// Weights in the format of PyTorch's and Hugging Face's safetensors, with the names and shapes of a
/// state_dict.
namespace inlay::inline INLAY_INSTRUCTION_SET::io {

namespace detail {

template <class T>
void load_tensor(const safetensors_file& from, const std::string& name, const std::vector<std::size_t>& shape,
                 std::vector<double>& values, bool allow_non_finite = false, const char* finite = only_finite) {
  const std::string part = "tensor " + in_quotes(name);
  const auto found = from.tensors.find(name);
  if (found == from.tensors.end()) {
    std::string names;
    for (const auto& [other, tensor] : from.tensors)
      if (names.size() < 200)
        names += (names.empty() ? "" : ", ") + in_quotes(other);
    from.fail(part, "a tensor of this name", names.empty() ? "no tensor at all" : "only " + names);
  }
  const auto& tensor = found->second;
  if (tensor.shape != shape)
    from.fail(part, "shape " + text_of(shape), text_of(tensor.shape));
  if (tensor.type != "F32" && tensor.type != "F64" && tensor.type != "F16" && tensor.type != "BF16")
    from.fail(part, "dtype F32, F64, F16 or BF16", tensor.type);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = from.value(tensor, i);
  check_numbers(values, std::is_same_v<T, double>, allow_non_finite, from.file, part, finite);
}

template <class Net>
Net load_net(const safetensors_file& from, const state_dict& how) {
  auto net = describe<Net>();
  std::size_t wanted = 0;
  for_each_named(net.layers, how.names, [&](auto& tensor, const std::string& name) {
    load_tensor<typename Net::scalar>(from, name, tensor.shape, tensor.values, how.allow_non_finite, finite_unless_asked);
    ++wanted;
  });
  if (how.strict && from.tensors.size() != wanted) {
    auto extra = from.tensors;
    for_each_named(net.layers, how.names, [&](auto&, const std::string& name) { extra.erase(name); });
    if (!extra.empty())
      from.fail("tensor " + in_quotes(extra.begin()->first), "only tensors of the net (or .strict = false)",
                "one more");
    from.fail("", std::to_string(wanted) + " tensors", "fewer: a name map gives two of the net's tensors one name");
  }
  return assemble<Net>(net);
}

/// A net's tensors, their names with a prefix.
template <class Net>
void add_net(safetensors_writer& file, const std::string& prefix, const Net& net, const state_dict& how = {}, const char* finite = finite_unless_asked) {
  const auto description = describe(net);
  check_numbers(description, how.names, how.allow_non_finite, "memory", finite);
  for_each_named(description.layers, how.names, [&](auto& tensor, const std::string& name) {
    file.add<typename Net::scalar>(prefix + name, tensor.shape, tensor.values);
  });
}

} // namespace detail

/// The net whose parameters are in the file. F64, F32, F16 and BF16 are converted to the net's scalar;
/// denormals become zero. Throws io::error, naming file, tensor, what was expected and what was found; also for a
/// number that is infinite or NaN, unless `how.allow_non_finite`.
template <class Net>
Net load_safetensors(const std::filesystem::path& path, const state_dict& how = {}) {
  const auto bytes = detail::read_file(path);
  return detail::load_net<Net>(detail::safetensors_file(bytes, path.string()), how);
}
/// The same from memory.
template <class Net>
Net load_safetensors(std::span<const std::byte> bytes, const state_dict& how = {}) {
  return detail::load_net<Net>(detail::safetensors_file(bytes, "memory"), how);
}

/// The net's parameters as a safetensors file in memory, F32 or F64 as the net's scalar. Throws io::error for one that
/// is infinite or NaN, unless `how.allow_non_finite`.
template <class Net>
std::vector<std::byte> save_safetensors(const Net& net, const state_dict& how = {}) {
  detail::safetensors_writer file;
  detail::add_net(file, "", net, how);
  return file.bytes();
}
/// The same into a file, which is there completely or not at all.
template <class Net>
void save_safetensors(const std::filesystem::path& path, const Net& net, const state_dict& how = {}) {
  detail::write_file(path, detail::made_for(path, [&] { return save_safetensors(net, how); }));
}

} // namespace inlay::io
