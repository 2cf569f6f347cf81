#include <inlay/io/safetensors.hpp>

using net_t = inlay::network<inlay::input<3>, inlay::dense<4, inlay::relu>, inlay::dense<2>>;

/// Any bytes are a net or an io::error; what is a net is saved and loaded again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const bool strict : {true, false})
    try {
      const auto net = inlay::io::load_safetensors<net_t>(std::as_bytes(std::span(data, size)),
                                                          {.names = {}, .strict = strict});
      const auto saved = inlay::io::save_safetensors(net);
      if (saved != inlay::io::save_safetensors(inlay::io::load_safetensors<net_t>(saved)))
        __builtin_trap(); // a NaN is not ==
    } catch (const inlay::io::error& refused) {
      if (refused.file() != "memory" || refused.expected().empty() || refused.found().empty())
        __builtin_trap();
    }
  return 0;
}
