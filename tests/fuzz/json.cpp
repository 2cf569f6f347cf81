#include <inlay/io/json.hpp>

using dense_t = inlay::network<inlay::input<2>, inlay::dense<3, inlay::tanh>, inlay::dense<1>>;
using convolution_t = inlay::network<inlay::input<2, 5>, inlay::conv1d<1, 2, inlay::relu, 1, 2>>;
using sequence_t = inlay::network<inlay::sequence<3, 2>, inlay::conv1d<2, 2, inlay::identity, inlay::conv_options{.groups = 2}>, inlay::prelu<2>,
                                  inlay::batch_norm<>, inlay::gru<1>, inlay::lstm<1>, inlay::dense<1>>;

using skip_t = inlay::network<inlay::sequence<3, 1>, inlay::residual<inlay::lstm<1>, inlay::dense<1>>>;

/// Of a net that is not saved as JSON.
void load_only(std::span<const std::byte> bytes) {
  try {
    (void)inlay::io::load_json<skip_t>(bytes);
  } catch (const inlay::io::error& refused) {
    if (refused.file() != "memory" || refused.expected().empty() || refused.found().empty())
      __builtin_trap();
  }
}

template <class Net>
void load(std::span<const std::byte> bytes) {
  try {
    const auto net = inlay::io::load_json<Net>(bytes);
    const auto read = [](const std::string& saved) { return inlay::io::load_json<Net>(std::as_bytes(std::span(saved))); };
    const auto again = read(inlay::io::save_json(net)); // of an lstm with the sum of its biases
    if (!inlay::is_over_time<typename Net::input_shape> ? again != net : read(inlay::io::save_json(again)) != again)
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
  load<sequence_t>(std::as_bytes(std::span(data, size)));
  load_only(std::as_bytes(std::span(data, size)));
  return 0;
}
