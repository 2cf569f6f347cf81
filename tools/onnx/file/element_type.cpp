#include "file/element_type.hpp"

#include "inlay/io/detail/half.hpp"

#include "onnx.pb.h"

#include <cstdint>
#include <cstring>

namespace inlay::onnx {

using ::onnx::TensorProto;

namespace {

template <class T>
T load(const char* from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  return value;
}

} // namespace

std::string type_name(int type) {
  return TensorProto::DataType_IsValid(type) ? TensorProto::DataType_Name(static_cast<TensorProto::DataType>(type))
                                             : "type " + std::to_string(type);
}

std::size_t width_of(int type) {
  switch (type) {
  case TensorProto::BOOL:
  case TensorProto::INT8:
  case TensorProto::UINT8:
    return 1;
  case TensorProto::FLOAT16:
  case TensorProto::BFLOAT16:
    return 2;
  case TensorProto::FLOAT:
  case TensorProto::INT32:
    return 4;
  case TensorProto::DOUBLE:
  case TensorProto::INT64:
    return 8;
  default:
    return 0;
  }
}

double raw_number(int type, const char* at) {
  switch (type) {
  case TensorProto::BOOL:
    return *at != 0;
  case TensorProto::INT8:
    return load<std::int8_t>(at);
  case TensorProto::UINT8:
    return load<std::uint8_t>(at);
  case TensorProto::FLOAT16:
    return io::detail::from_float16(load<std::uint16_t>(at));
  case TensorProto::BFLOAT16:
    return io::detail::from_bfloat16(load<std::uint16_t>(at));
  case TensorProto::FLOAT:
    return static_cast<double>(load<float>(at));
  case TensorProto::INT32:
    return load<std::int32_t>(at);
  case TensorProto::DOUBLE:
    return load<double>(at);
  default:
    return static_cast<double>(load<std::int64_t>(at));
  }
}

} // namespace inlay::onnx
