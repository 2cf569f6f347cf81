#include "import.hpp"

#include "inlay/io/detail/header_text.hpp"
#include "inlay/io/error.hpp"

/// Any text is a model of which a header is made, or an io::error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const std::size_t submodel : {std::size_t{0}, std::size_t{1}})
    try {
      const auto model = inlay::audio::import_model({reinterpret_cast<const char*>(data), size}, "memory",
                                                    {.submodel = submodel, .verification_steps = 4});
      const inlay::io::detail::frozen_model frozen{.name = "fuzz",
                                                   .source = "memory",
                                                   .x = model.x,
                                                   .y = model.y,
                                                   .tolerance = model.tolerance,
                                                   .initial_state = model.initial_state};
      (void)inlay::io::detail::header_text(model.net, frozen);
    } catch (const inlay::io::error& refused) {
      if (refused.file().empty() || refused.expected().empty() || refused.found().empty())
        __builtin_trap();
    }
  return 0;
}
