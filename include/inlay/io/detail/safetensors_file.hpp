#pragma once

#include "inlay/io/detail/half.hpp"
#include "inlay/io/detail/parse_json.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

static_assert(std::endian::native == std::endian::little, "safetensors are little-endian, and read as they are");

/// A safetensors file in memory, checked: https://huggingface.co/docs/safetensors. Eight bytes with the
/// length of the header, the header in JSON, the numbers; the tensors cover the numbers without a gap and
/// without overlap.
class safetensors_file {
public:
  struct tensor {
    std::string type;
    std::vector<std::size_t> shape;
    std::size_t begin, end; // in data()
  };

  safetensors_file(std::span<const std::byte> bytes, std::string name) : file(std::move(name)) {
    if (bytes.size() < 8)
      fail("", "8 bytes that give the length of the header", std::to_string(bytes.size()) + " bytes");
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), 8);
    if (length > bytes.size() - 8)
      fail("", "a header of at most " + std::to_string(bytes.size() - 8) + " bytes, the rest of the file",
           "a header length of " + std::to_string(length));
    const auto size = static_cast<std::size_t>(length);
    data = bytes.subspan(8 + size);
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + 8, size);
    if (!text.starts_with('{'))
      fail("header", "'{' as its first byte", size ? in_quotes(text.substr(0, 1)) : "nothing");
    const auto header = parse_json(text, file, 3);
    for (const auto& [key, value] : header.items()) {
      if (key == "__metadata__")
        read_metadata(value);
      else
        tensors.emplace(key, read_entry(value, "tensor " + in_quotes(key)));
    }
    check_cover();
  }

  /// The tensors whose names begin with `prefix`, without it.
  safetensors_file part(const std::string& prefix) const {
    safetensors_file some(*this);
    some.tensors.clear();
    for (auto from = tensors.lower_bound(prefix); from != tensors.end() && from->first.starts_with(prefix); ++from)
      some.tensors.emplace(from->first.substr(prefix.size()), from->second);
    return some;
  }

  /// A number of a tensor as a double.
  double value(const tensor& from, std::size_t i) const {
    const auto load = [&]<class T>(T number) {
      std::memcpy(&number, data.data() + from.begin + i * sizeof(T), sizeof(T));
      return number;
    };
    if (from.type == "F64")
      return load(double{});
    if (from.type == "F32")
      return static_cast<double>(load(float{}));
    if (from.type == "F16")
      return from_float16(load(std::uint16_t{}));
    return from_bfloat16(load(std::uint16_t{}));
  }

  std::string file;
  std::map<std::string, tensor> tensors;
  std::map<std::string, std::string> metadata;
  std::span<const std::byte> data;

  [[noreturn]] void fail(std::string part, std::string expected, std::string found) const {
    throw error(file, std::move(part), std::move(expected), std::move(found));
  }

private:
  static std::size_t width_of(const std::string& type) {
    for (const char* one : {"BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2"})
      if (type == one)
        return 1;
    for (const char* two : {"U16", "I16", "F16", "BF16"})
      if (type == two)
        return 2;
    for (const char* four : {"U32", "I32", "F32"})
      if (type == four)
        return 4;
    for (const char* eight : {"U64", "I64", "F64"})
      if (type == eight)
        return 8;
    return 0;
  }

  void read_metadata(const nlohmann::json& value) {
    const bool strings =
        value.is_object() && std::all_of(value.begin(), value.end(), [](auto& v) { return v.is_string(); });
    if (!strings)
      fail("__metadata__", "an object of strings", std::string("a JSON ") + value.type_name());
    for (const auto& [key, text] : value.items())
      metadata.emplace(key, text.template get<std::string>());
  }

  std::vector<std::size_t> read_list(const nlohmann::json& value, const char* of, const std::string& part) const {
    if (!value.is_array())
      fail(part, std::string(of) + " as an array", std::string("a JSON ") + value.type_name());
    std::vector<std::size_t> list;
    for (const auto& number : value) {
      if (!number.is_number_unsigned())
        fail(part, std::string(of) + " of whole numbers from 0", in_quotes(number.dump().substr(0, 60)));
      list.push_back(number.get<std::size_t>());
    }
    return list;
  }

  tensor read_entry(const nlohmann::json& entry, const std::string& part) const {
    const auto& type = member(entry, "dtype", file, part);
    const auto shape = read_list(member(entry, "shape", file, part), "shape", part);
    const auto offsets = read_list(member(entry, "data_offsets", file, part), "data_offsets", part);
    if (entry.size() != 3)
      fail(part, "the members dtype, shape and data_offsets", std::to_string(entry.size()) + " members");
    if (!type.is_string())
      fail(part, "dtype as a string", std::string("a JSON ") + type.type_name());
    const auto name = type.get<std::string>();
    std::size_t bytes = width_of(name);
    if (!bytes)
      fail(part, "a dtype of safetensors, as F32", in_quotes(name));
    for (const std::size_t extent : shape)
      if (__builtin_mul_overflow(bytes, extent, &bytes))
        fail(part, "a shape of less than 2^64 bytes", text_of(shape));
    if (offsets.size() != 2)
      fail(part, "two data_offsets", text_of(offsets));
    if (offsets[0] > offsets[1] || offsets[1] > data.size())
      fail(part, "data_offsets that rise, up to " + std::to_string(data.size()), text_of(offsets));
    if (offsets[1] - offsets[0] != bytes)
      fail(part, std::to_string(bytes) + " bytes for " + name + " " + text_of(shape),
           "data_offsets " + text_of(offsets));
    return {name, shape, offsets[0], offsets[1]};
  }

  void check_cover() const {
    std::vector<std::pair<std::size_t, std::map<std::string, tensor>::const_iterator>> sorted;
    for (auto i = tensors.begin(); i != tensors.end(); ++i)
      sorted.emplace_back(i->second.begin, i);
    std::sort(sorted.begin(), sorted.end(), [](auto& a, auto& b) {
      return a.first != b.first ? a.first < b.first : a.second->second.end < b.second->second.end;
    });
    std::size_t covered = 0;
    for (const auto& [begin, entry] : sorted) {
      if (begin != covered)
        fail("tensor " + in_quotes(entry->first),
             "its data at byte " + std::to_string(covered) + ", where the tensor before it ends",
             "data_offsets that begin at " + std::to_string(begin));
      covered = entry->second.end;
    }
    if (covered != data.size())
      fail("", std::to_string(covered) + " bytes of data", std::to_string(data.size()) + " bytes after the header");
  }
};

} // namespace inlay::io::detail
