#pragma once

#include "inlay/copy_rows.hpp"
#include "inlay/workspace.hpp"

#include "inlay/refusal/require.hpp"

#include <cstddef>
#include <span>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Calls f<Samples>(first, count) for n samples: at most `most` at a time, or `together`, fewer, or one in constant evaluation, where the rows of
/// a span of arrays may not be reached through one pointer.
template <std::size_t most, class F>
constexpr void for_each_chunk(std::size_t n, std::size_t together, F f) noexcept {
  if (__builtin_is_constant_evaluated())
    for (std::size_t s = 0; s < n; ++s) f.template operator()<1>(s, 1);
  else
    for (std::size_t s = 0; s < n; s += together) f.template operator()<most>(s, n - s < together ? n - s : together);
}
template <std::size_t most, class F>
constexpr void for_each_chunk(std::size_t n, F f) noexcept {
  for_each_chunk<most>(n, most, f);
}

/// Samples rows of the caller's memory.
template <std::size_t Samples, std::size_t N, class T>
constexpr rows<T, Samples, N, N> caller_rows(T* data, std::size_t count) noexcept {
  return {data, count};
}

/// y = the net's output for `count` rows x. A batch, and a sequence, set the thread's mode for denormals, which takes some nanoseconds; for
/// one sample that would be half the latency of a small net, so its inputs are flushed as they are read.
template <class Topology, std::size_t Samples, class T>
constexpr void infer(std::span<const T, Topology::storage> theta, const T* x, T* y, std::size_t count,
                     inference_memory<Topology, Samples>& memory) noexcept {
  using output = typename Topology::output_shape;
  const auto out = memory.out.view(count * output::steps);
  chain<Topology>::forward(theta, memory.trace, memory.in.enter(x, count), out);
  copy_outside<typename output::row>(out, caller_rows<Samples * output::steps, output::row::size>(y, count * output::steps));
}
template <class Topology, std::size_t Samples, class T>
constexpr void infer(std::span<const T, Topology::storage> theta, const T* x, T* y, std::size_t count) noexcept {
  struct nothing_set {};
  [[maybe_unused]] const std::conditional_t<(Topology::input_shape::steps > 1), kernel::denormals_are_zero, nothing_set> guard{};
  with_memory<inference_memory<Topology, Samples>>(
      [&](auto& memory) __attribute__((always_inline)) { infer<Topology, Samples>(theta, x, y, count, memory); });
}

/// The same for any number of rows, in the caller's workspace or on the stack.
template <class Net, class... Workspace>
constexpr void infer_batch(const Net& net, std::span<const typename Net::input_type> xs, std::span<typename Net::output_type> ys,
                           Workspace&... workspace) noexcept {
  using topology = typename Net::topology;
  require(xs.size() <= ys.size(), "network", "room for one output for each input:", xs.size(), ys.size());
  const auto infer_some = [&]<std::size_t Samples>(std::size_t first, std::size_t count) {
    infer<topology, Samples>(net.theta(), xs[first].data(), ys[first].data(), count,
                             memory_in<inference_memory<topology, Samples>>(workspace)...);
  };
  if constexpr (topology::input_shape::steps == 1)
    if (xs.size() <= kernel::alone<topology::multiply_adds>) {
      for (std::size_t s = 0; s < xs.size(); ++s) infer_some.template operator()<1>(s, 1);
      return;
    }
  const kernel::denormals_are_zero guard;
  for_each_chunk<rows_together_in<call::batch_inference, Net, Workspace...>()>(xs.size(), infer_some);
}

} // namespace inlay::detail
