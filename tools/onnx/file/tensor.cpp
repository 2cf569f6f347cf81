#include "file/tensor.hpp"

#include "file/tensor_reader.hpp"
#include "file/wire_format.hpp"

#include "inlay/io/detail/file.hpp"
#include "inlay/io/error.hpp"

namespace inlay::onnx {

tensor load_tensor(const std::filesystem::path& path) {
  const auto bytes = io::detail::read_file(path);
  ::onnx::TensorProto proto;
  if (bytes.size() > 0x7fffffff || !is_well_formed(bytes, message_kind::tensor) ||
      !proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    throw io::error(path.string(), "", "an ONNX tensor", std::to_string(bytes.size()) + " bytes that are none");
  return tensor_reader{path.string(), path.parent_path()}.read(proto, "tensor");
}

} // namespace inlay::onnx
