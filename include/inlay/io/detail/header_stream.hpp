#pragma once

#include "inlay/io/detail/description.hpp"

#include <string>

namespace inlay::inline INLAY_INSTRUCTION_SET::io::detail {

/// Whether a net is one of a sequence that goes step by step.
inline bool streams(const net_description& net) {
  for (const auto& layer : net.layers)
    if (layer.wants_all_steps)
      return false;
  return net.over_time;
}

/// What a generated header says of how its net goes step by step.
inline std::string header_stream(bool begins_elsewhere) {
  const std::string begin = begins_elsewhere ? "inlay::stream_from<net_t>(initial_state)" : "inlay::stream<net_t>{}";
  return "\n  /// A stream that begins as the model does: `auto stream = model.stream();`, then `model(stream, x)` for "
         "each step.\n"
         "  static constexpr inlay::stream<net_t> stream() noexcept { return " +
         begin +
         "; }\n"
         "  constexpr net_t::step_output_type operator()(inlay::stream<net_t>& stream, std::span<const net_t::scalar, "
         "inlay::stream<net_t>::inputs> x) const noexcept { return stream(net, x); }\n"
         "  /// A block of any number of steps.\n"
         "  constexpr void operator()(inlay::stream<net_t>& stream, std::span<const net_t::step_input_type> xs, "
         "std::span<net_t::step_output_type> ys) const noexcept { stream(net, xs, ys); }\n";
}

} // namespace inlay::io::detail
