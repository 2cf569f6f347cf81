#pragma once

#include "reference.hpp"
#include "topology.hpp"

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace bench {

/// Calls a peer `calls` times: infers or trains on `samples` samples. With `check`, compares what came out with the
/// reference: not in a run whose instructions are counted.
template <class Peer>
int call(const topology& net, std::size_t samples, std::size_t calls, bool check) {
  const auto parameters = draw_parameters(net), x = draw(samples * net.inputs(), 2),
             target = draw(samples * net.outputs(), 3);
  Peer peer(net, parameters, samples);
  std::vector<float> y(samples * net.outputs());
  for (std::size_t i = 0; i < calls; ++i) {
    if constexpr (requires { peer.step(x.data(), y.data()); }) {
      if (samples == 1) peer.step(x.data(), target.data());
      else peer.step(x.data(), target.data(), samples);
    } else {
      if (samples == 1) peer.infer(x.data(), y.data());
      else peer.infer(x.data(), y.data(), samples);
    }
    asm volatile("" ::"r"(y.data()) : "memory");
  }
  if (!check) return 0;

  reference exact(net, parameters);
  double worst = 0;
  const auto compare = [&](double found, double wanted) {
    const double off = std::abs(found - wanted) / (1 + std::abs(wanted));
    if (!(off <= worst)) worst = off;
  };
  if constexpr (requires { peer.parameters(); }) {
    for (std::size_t i = 0; i < calls; ++i) exact.step(x.data(), target.data(), samples);
    const auto found = peer.parameters();
    for (std::size_t i = 0; i < found.size(); ++i) compare(found[i], exact.parameters()[i]);
  } else {
    for (std::size_t s = 0; s < samples; ++s) {
      const auto wanted = exact.infer(x.data() + s * net.inputs());
      for (std::size_t o = 0; o < wanted.size(); ++o) compare(y[s * net.outputs() + o], wanted[o]);
    }
  }
  if (worst <= 1e-4) return 0;
  std::fprintf(stderr, "%s on %s is %g off\n", Peer::name, net.name.c_str(), worst);
  return 1;
}

/// PROGRAM cost: the multiply-adds of a sample, forward and in training. PROGRAM inlay|eigen SAMPLES CALLS [check]: calls.
template <class Inlay, class Eigen>
int run_calls(const topology& net, int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "cost") {
    std::printf("%zu %zu\n", net.multiply_adds(), 3 * net.multiply_adds() - net.multiply_adds_of_first_layer());
    return 0;
  }
  const bool check = argc == 5 && std::string(argv[4]) == "check";
  if ((argc != 4 && !check) || (what != "inlay" && what != "eigen")) {
    std::fprintf(stderr, "usage: %s cost | inlay SAMPLES CALLS [check] | eigen SAMPLES CALLS [check]\n", argv[0]);
    return 2;
  }
  const auto number = [&](int i) { return static_cast<std::size_t>(std::strtoull(argv[i], nullptr, 10)); };
  return what == "inlay" ? call<Inlay>(net, number(2), number(3), check) : call<Eigen>(net, number(2), number(3), check);
}

} // namespace bench
