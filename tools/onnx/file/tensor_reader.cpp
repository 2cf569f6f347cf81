#include "file/tensor_reader.hpp"

#include "file/element_type.hpp"

#include "inlay/io/detail/file.hpp"
#include "inlay/io/detail/half.hpp"
#include "inlay/io/detail/text.hpp"
#include "inlay/io/error.hpp"

#include <charconv>

namespace inlay::onnx {

using io::detail::in_quotes;
using ::onnx::TensorProto;

namespace {

/// The numbers that are not raw bytes but fields of the message.
std::vector<double> typed_numbers(const TensorProto& from) {
  switch (from.data_type()) {
  case TensorProto::FLOAT:
    return {from.float_data().begin(), from.float_data().end()};
  case TensorProto::DOUBLE:
    return {from.double_data().begin(), from.double_data().end()};
  case TensorProto::INT64: {
    std::vector<double> numbers;
    for (const auto number : from.int64_data())
      numbers.push_back(static_cast<double>(number));
    return numbers;
  }
  default:
    break;
  }
  std::vector<double> numbers;
  for (const std::int32_t number : from.int32_data()) {
    const auto half = static_cast<std::uint16_t>(number);
    numbers.push_back(from.data_type() == TensorProto::FLOAT16    ? io::detail::from_float16(half)
                      : from.data_type() == TensorProto::BFLOAT16 ? io::detail::from_bfloat16(half)
                                                                  : number);
  }
  return numbers;
}

} // namespace

tensor tensor_reader::read(const TensorProto& from, const std::string& part) {
  const std::size_t width = width_of(from.data_type());
  if (!width)
    throw io::error(file, part, "elements of type FLOAT, DOUBLE, FLOAT16, BFLOAT16, INT8, UINT8, INT32, INT64 or BOOL",
                    type_name(from.data_type()));
  tensor into;
  into.floating = from.data_type() != TensorProto::BOOL && from.data_type() != TensorProto::INT32 &&
                  from.data_type() != TensorProto::INT64 && from.data_type() != TensorProto::INT8 && from.data_type() != TensorProto::UINT8;
  into.bytes = from.data_type() == TensorProto::UINT8;
  into.shape.assign(from.dims().begin(), from.dims().end());
  std::size_t size = 1;
  for (const auto extent : into.shape)
    if (extent < 0 || __builtin_mul_overflow(size, static_cast<std::size_t>(extent ? extent : 1), &size) ||
        size > std::size_t{1} << 40)
      throw io::error(file, part, "a shape of extents from 0 and at most 2^40 elements", text_of(into.shape));
  for (const auto extent : into.shape)
    size = extent ? size : 0;
  const std::size_t bytes = size * width;

  const bool outside = from.data_location() == TensorProto::EXTERNAL;
  if (outside || from.has_raw_data()) {
    const std::string raw = outside ? external(from, part, bytes) : from.raw_data();
    if (raw.size() != bytes)
      throw io::error(file, part, std::to_string(bytes) + " bytes for shape " + text_of(into.shape),
                      std::to_string(raw.size()));
    into.values.resize(size);
    for (std::size_t i = 0; i < size; ++i)
      into.values[i] = raw_number(from.data_type(), raw.data() + i * width);
  } else {
    into.values = typed_numbers(from);
    if (into.values.size() != size)
      throw io::error(file, part, std::to_string(size) + " elements for shape " + text_of(into.shape),
                      std::to_string(into.values.size()));
  }
  return into;
}

std::string tensor_reader::external(const TensorProto& from, const std::string& part, std::size_t size) {
  std::string location;
  std::uint64_t offset = 0;
  for (const auto& entry : from.external_data()) {
    if (entry.key() == "location")
      location = entry.value();
    if (entry.key() != "offset")
      continue;
    const auto end = entry.value().data() + entry.value().size();
    if (const auto read = std::from_chars(entry.value().data(), end, offset); read.ec != std::errc{} || read.ptr != end)
      throw io::error(file, part, "an offset that is a whole number", in_quotes(entry.value()));
  }
  const std::filesystem::path path(location);
  bool beside = !location.empty() && path.is_relative();
  for (const auto& step : path)
    beside = beside && step != "..";
  if (!beside)
    throw io::error(file, part, "external data in a file beside the model", in_quotes(location));
  const auto bytes = io::detail::read_file(folder / path);
  if (offset > bytes.size() || size > bytes.size() - offset)
    throw io::error(file, part,
                    std::to_string(size) + " bytes from " + std::to_string(offset) + " in " + in_quotes(location),
                    "a file of " + std::to_string(bytes.size()));
  files.push_back(folder / path);
  external_bytes += size;
  return {reinterpret_cast<const char*>(bytes.data()) + offset, size};
}

} // namespace inlay::onnx
