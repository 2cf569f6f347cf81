#include "import.hpp"

#include "inlay/io/detail/header_text.hpp"
#include "inlay/io/error.hpp"

#if __has_include(<google/protobuf/stubs/logging.h>) // until protobuf 21
#include <google/protobuf/stubs/logging.h>

/// What protobuf complains of would fill the terminal.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  google::protobuf::SetLogHandler(nullptr);
  return 0;
}
#endif

/// Any bytes are a model of which a header is made, or an io::error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto model =
        inlay::onnx::import_model(inlay::onnx::parse_graph(std::as_bytes(std::span(data, size)), "memory", "/nonexistent"),
                                  {.outputs = {}, .inputs = {}, .candidates = 4});
    const inlay::io::detail::frozen_model frozen{.name = "fuzz",
                                                 .source = "memory",
                                                 .inputs = {{model.inputs[0].name}},
                                                 .outputs = {{model.outputs[0].name}},
                                                 .x = model.x,
                                                 .y = model.y,
                                                 .tolerance = model.tolerance,
                                                 .whole_sequences = model.net.over_time};
    (void)inlay::io::detail::header_text(model.net, frozen);
  } catch (const inlay::io::error& refused) {
    if (refused.file().empty() || refused.expected().empty() || refused.found().empty())
      __builtin_trap();
  }
  return 0;
}
