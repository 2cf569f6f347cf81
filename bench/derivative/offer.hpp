#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace bench {

/// Parameter k of every net here, so that a script can make the same: numbers that differ and keep a net out of saturation.
inline float derivative_parameter(std::size_t k) { return (static_cast<float>(k * 7919 % 1009) - 504) / 2048; }
inline float derivative_input(std::size_t i) { return static_cast<float>(i % 5) * .25f - .5f; }

/// What somebody has for a net: loops over one call each, empty where there is none, and the Jacobian row-major.
struct derivative_contender {
  using loop = std::function<void(benchmark::State&)>;
  std::string name;
  loop value{}, jvp{}, vjp{}, jacobian{}, hessian{};
  std::function<std::vector<double>()> numbers{};
};

struct derivative_net {
  std::string name, topology;
  std::size_t inputs, outputs, multiply_adds;
  std::vector<derivative_contender> contenders; // inlay first
};
std::vector<derivative_net>& derivative_nets();

/// What a peer has for the net of this name, made when inlay's nets are all there.
struct derivative_peer {
  std::string net;
  std::function<derivative_contender(const derivative_net&)> make;
};
std::vector<derivative_peer>& derivative_peers();

/// A loop of calls that the compiler may not join.
template <class F>
derivative_contender::loop derivative_loop(F f) {
  return [f](benchmark::State& state) {
    for (auto _ : state) {
      benchmark::ClobberMemory();
      f();
    }
  };
}

} // namespace bench
