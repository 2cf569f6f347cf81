#pragma once

#include "inlay/io/detail/rtneural/batch_norm.hpp"
#include "inlay/io/detail/rtneural/conv1d.hpp"
#include "inlay/io/detail/rtneural/dense.hpp"
#include "inlay/io/detail/rtneural/prelu.hpp"
#include "inlay/io/detail/rtneural/recurrent.hpp"

#include <span>
#include <string_view>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// A kind of layer in RTNeural's JSON: its type there, its name here, how it is read and written.
struct rtneural_kind {
  std::string_view type, name;
  void (*read)(const json_entry&, rtneural_layer&);
  void (*write)(const layer_description&, nlohmann::json&);
};

inline constexpr rtneural_kind rtneural_kinds[]{
    {"dense", "dense", read_rtneural_dense, write_rtneural_dense},
    {"time-distributed-dense", "dense", read_rtneural_dense, write_rtneural_dense},
    {"conv1d", "conv1d", read_rtneural_conv1d, write_rtneural_conv1d},
    {"lstm", "lstm", read_rtneural_lstm, write_rtneural_lstm},
    {"gru", "gru", read_rtneural_gru, write_rtneural_gru},
    {"prelu", "prelu", read_rtneural_prelu, write_rtneural_prelu},
    {"batchnorm", "batch_norm", read_rtneural_batch_norm, write_rtneural_batch_norm},
};

/// The kind of this type in a file, or of this name of inlay's; null if there is none.
inline const rtneural_kind* rtneural_kind_of_type(std::string_view type) {
  for (const auto& kind : rtneural_kinds)
    if (kind.type == type)
      return &kind;
  return nullptr;
}
inline const rtneural_kind* rtneural_kind_of_name(std::string_view name) {
  for (const auto& kind : rtneural_kinds)
    if (kind.name == name)
      return &kind;
  return nullptr;
}
inline std::string rtneural_types() {
  std::string types;
  for (const auto& kind : rtneural_kinds)
    types += in_quotes(kind.type) + ", ";
  return types + "'activation'";
}

} // namespace inlay::io::detail
