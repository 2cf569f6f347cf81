#pragma once

#include "../latency.hpp"
#include "strings.hpp"

#include <inlay/inlay.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <span>
#include <utility>
#include <vector>

namespace amp {

inline constexpr std::size_t block_size = 64;

/// A net with a stream that begins as it does.
template <class Net>
struct voice {
  const char* name;
  const Net& net;
  inlay::stream<Net> beginning{};

  static_assert(inlay::stream<Net>::inputs == 1 && inlay::stream<Net>::outputs == 1, "a net with one number in and one out");
};

/// The sound that comes out, one sample at a time.
template <class Net>
sound by_samples(const voice<Net>& voice, const sound& in) {
  auto stream = voice.beginning;
  sound out(in.size());
  for (std::size_t i = 0; i < in.size(); ++i)
    out[i] = stream(voice.net, std::span<const float, 1>(&in[i], 1))[0];
  return out;
}

/// The same in blocks, as an audio callback has them.
template <class Net>
sound by_blocks(const voice<Net>& voice, const sound& in) {
  auto stream = voice.beginning;
  sound out(in.size());
  const auto xs = inlay::as_rows<1>(in);
  const auto ys = inlay::as_rows<1>(out);
  for (std::size_t i = 0; i < xs.size(); i += block_size) {
    const std::size_t count = std::min(block_size, xs.size() - i);
    stream(voice.net, xs.subspan(i, count), ys.subspan(i, count));
  }
  return out;
}

inline float largest_difference(const sound& a, const sound& b) {
  float most = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

/// ns a sample of single calls, of one sample and of a block.
template <std::size_t N>
struct stream_times {
  std::array<timing::distribution, N> sample, block;
};

template <class... Nets>
stream_times<sizeof...(Nets)> time_streams(std::size_t turns, const sound& in, const voice<Nets>&... voices) {
  constexpr std::size_t samples = 1 << 16, blocks = samples / block_size; // powers of 2: i % samples costs nothing
  const auto xs = inlay::as_rows<1>(std::span(in).first(samples));
  const auto by_sample = [&](const auto& voice) {
    return [&, stream = voice.beginning](std::size_t i) mutable {
      auto y = stream(voice.net, xs[i % samples]);
      timing::keep(y);
    };
  };
  const auto by_block = [&](const auto& voice) {
    return [&, stream = voice.beginning](std::size_t i) mutable {
      std::array<std::array<float, 1>, block_size> ys;
      stream(voice.net, xs.subspan(i % blocks * block_size, block_size), ys);
      timing::keep(ys);
    };
  };
  auto sample = timing::time_calls(turns, by_sample(voices)...).calls;
  auto block = timing::time_calls(std::max<std::size_t>(1, turns / 10), by_block(voices)...).calls;
  for (auto& one : block)
    one = one.divided_by(static_cast<float>(block_size));
  return {std::move(sample), std::move(block)};
}

/// Between two samples a callback has 20 833 ns.
inline void print_times(const char* who, const timing::distribution& ns) {
  std::printf("  %-24s %8.0f %8.0f %10.2f %%\n", who, ns.percentile(50), ns.percentile(99.9),
              100e-9 * static_cast<double>(rate) * static_cast<double>(ns.percentile(50)));
}

template <class... Nets>
void print_times(const stream_times<sizeof...(Nets)>& times, const voice<Nets>&... voices) {
  std::printf("Streamed, ns a sample           p50    p99.9   one core at 48 kHz\n one sample a call\n");
  std::size_t i = 0;
  (print_times(voices.name, times.sample[i++]), ...);
  std::printf(" blocks of %zu\n", block_size);
  i = 0;
  (print_times(voices.name, times.block[i++]), ...);
}

} // namespace amp
