#pragma once

#include "inlay/math/arithmetic.hpp"
#include "inlay/refusal/verdict.hpp"
#include "inlay/topology.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// Calls f(k, at) for each canonical index k and its place in storage.
template <class Topology, class F>
constexpr void for_each_parameter(F f) noexcept {
  const auto one = [&]<class At>() {
    for (std::size_t k = 0; k < At::layer::parameter_count; ++k) f(At::first_parameter + k, At::offset + At::layer::index(k));
  };
  for_each_layer<Topology>(one);
}

template <class Topology, std::size_t l>
concept viewable = l >= 1 && l <= Topology::depth && requires { Topology::template layer<l>::weight_count; };

/// Layer l of a net as it is on paper, whatever its storage looks like. T is const for a const net.
template <class Topology, std::size_t l, class T>
struct layer_view {
  using place = typename Topology::template place<l>;
  using layer = typename place::layer;
  using value = std::remove_const_t<T>;
  static constexpr std::size_t index = l;
  static constexpr bool is_const = std::is_const_v<T>;
  static constexpr std::size_t parameter_count = layer::parameter_count;
  static constexpr std::size_t weight_count = layer::weight_count;
  static constexpr std::size_t bias_count = parameter_count - weight_count;

  T* storage;

  /// W[o][i]: from input i to output o. For a convolution, i runs over [channel][tap].
  constexpr T& weight(std::size_t o, std::size_t i) const noexcept { return (*this)[o * (weight_count / bias_count) + i]; }
  constexpr T& bias(std::size_t o) const noexcept { return (*this)[weight_count + o]; }

  /// W, flat row-major [out][in].
  constexpr std::array<value, weight_count> weights() const noexcept {
    std::array<value, weight_count> w{};
    for (std::size_t k = 0; k < weight_count; ++k) w[k] = (*this)[k];
    return w;
  }
  constexpr std::array<value, bias_count> biases() const noexcept {
    std::array<value, bias_count> b{};
    for (std::size_t k = 0; k < bias_count; ++k) b[k] = (*this)[weight_count + k];
    return b;
  }
  /// Sets W and b; denormals become zero.
  constexpr void assign(std::span<const value, weight_count> w, std::span<const value, bias_count> b) const noexcept
    requires(!std::is_const_v<T>)
  {
    for (std::size_t k = 0; k < layer::storage; ++k) storage[place::offset + k] = 0;
    for (std::size_t k = 0; k < weight_count; ++k) (*this)[k] = math::flush_denormal(w[k]);
    for (std::size_t k = 0; k < bias_count; ++k) (*this)[weight_count + k] = math::flush_denormal(b[k]);
  }
  template <class W, class B>
    requires(std::is_const_v<T> || !numbers<W, const value, weight_count> || !numbers<B, const value, bias_count>)
  decltype(say(refused_assign<W, B, layer_view>{})) assign(W&&, B&&) const;

private:
  constexpr T& operator[](std::size_t k) const noexcept { return storage[place::offset + layer::index(k)]; }
};

} // namespace inlay::detail
