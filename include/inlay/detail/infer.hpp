#pragma once

#include "inlay/gradient.hpp"

#include <cstddef>
#include <span>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// What a batch of Samples keeps on the stack on its way forward and back.
template <class Topology, std::size_t Samples>
inline constexpr std::size_t stack_of =
    sizeof(typename chain<Topology>::template trace<foreign_rows<const typename Topology::scalar, Samples,
                                                                 Topology::input_shape::size>, true>) +
    sizeof(typename chain<Topology>::template gradient<Samples>);

/// Samples that go through a net together: 32, which is 260 KiB for 17-256-256-6, or fewer where that would take more
/// than half a megabyte of the stack.
template <class Topology, std::size_t Samples = 32>
constexpr std::size_t chunk() noexcept {
  if constexpr (Samples > 1 && stack_of<Topology, Samples> > 512 * 1024) return chunk<Topology, Samples / 2>();
  else return Samples;
}

/// Calls f<Samples>(first, count) for n samples: chunk by chunk, or one at a time in constant evaluation, where the rows
/// of a span of arrays may not be reached through one pointer.
template <class Topology, class F>
constexpr void for_each_chunk(std::size_t n, F f) noexcept {
  constexpr std::size_t most = chunk<Topology>();
  if (__builtin_is_constant_evaluated())
    for (std::size_t s = 0; s < n; ++s) f.template operator()<1>(s, 1);
  else
    for (std::size_t s = 0; s < n; s += most) f.template operator()<most>(s, n - s < most ? n - s : most);
}

/// Samples rows of the caller's memory.
template <std::size_t Samples, std::size_t N, class T>
constexpr rows<T, Samples, N, N> caller_rows(T* data, std::size_t count) noexcept {
  return {data, count};
}

/// y = the net's output for `count` rows x. A batch sets the thread's mode for denormals, which costs 8 ns; for one
/// sample that would be half the latency of a small net, so its inputs are flushed as they are read.
template <class Topology, std::size_t Samples, class T>
constexpr void infer(std::span<const T, Topology::storage> theta, const T* x, T* y, std::size_t count) noexcept {
  const foreign_rows<const T, Samples, Topology::input_shape::size> in{{x, count}};
  typename chain<Topology>::template trace<std::remove_const_t<decltype(in)>, false> trace;
  block<T, Samples, Topology::output_shape::size> out;
  chain<Topology>::forward(theta, trace, in, out.view(count));
  copy_rows(out.view(count), caller_rows<Samples, Topology::output_shape::size>(y, count));
}

} // namespace inlay::detail
