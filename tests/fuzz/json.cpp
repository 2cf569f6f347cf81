#include <inlay/io/json.hpp>

using dense_t = inlay::network<inlay::input<2>, inlay::dense<3, inlay::tanh>, inlay::dense<1>>;
using convolution_t = inlay::network<inlay::input<2, 5>, inlay::conv1d<1, 2, inlay::relu, 1, 2>>;

template <class Net>
void load(std::span<const std::byte> bytes) {
  try {
    const auto net = inlay::io::load_json<Net>(bytes);
    const std::string saved = inlay::io::save_json(net);
    if (inlay::io::load_json<Net>(std::as_bytes(std::span(saved))) != net)
      __builtin_trap();
  } catch (const inlay::io::error& refused) {
    if (refused.file() != "memory" || refused.expected().empty() || refused.found().empty())
      __builtin_trap();
  }
}

/// Any text is a net or an io::error; what is a net is saved and loaded again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  load<dense_t>(std::as_bytes(std::span(data, size)));
  load<convolution_t>(std::as_bytes(std::span(data, size)));
  return 0;
}
