#pragma once

#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"
#include "inlay/tensor.hpp"

#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// A safetensors file in the making.
class safetensors_writer {
public:
  /// A tensor of numbers T.
  template <class T>
  void add(const std::string& name, const std::vector<std::size_t>& shape, const std::vector<double>& values) {
    if (header_.contains(name))
      throw error("memory", "tensor " + in_quotes(name), "each name once", "twice, by the name map");
    const std::size_t begin = data_.size();
    data_.resize(begin + values.size() * sizeof(T));
    for (std::size_t i = 0; i < values.size(); ++i) {
      const T value = static_cast<T>(values[i]);
      std::memcpy(&data_[begin + i * sizeof(T)], &value, sizeof(T));
    }
    header_[name] = {{"dtype", sizeof(T) == 4 ? "F32" : "F64"}, {"shape", shape}, {"data_offsets", {begin, data_.size()}}};
  }

  void add_metadata(const std::string& name, const std::string& value) { header_["__metadata__"][name] = value; }

  std::vector<std::byte> bytes() const {
    std::string text = header_.dump();
    text.append(padded<char>(8 + text.size()) - 8 - text.size(), ' '); // the numbers begin at a cache line, for memory maps
    const std::uint64_t length = text.size();
    std::vector<std::byte> all(8 + text.size());
    std::memcpy(all.data(), &length, 8);
    std::memcpy(all.data() + 8, text.data(), text.size());
    all.insert(all.end(), data_.begin(), data_.end());
    return all;
  }

private:
  nlohmann::json header_ = nlohmann::json::object();
  std::vector<std::byte> data_;
};

} // namespace inlay::io::detail
