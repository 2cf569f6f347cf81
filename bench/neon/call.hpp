#pragma once

#include "net/check.hpp"
#include "net/topology.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace bench {

/// A peer made for a number of samples in a call: what peer/session.hpp has behind virtual functions and Google Benchmark.
template <class Peer>
class caller {
public:
  caller(const topology& net, std::span<const float> parameters, std::size_t samples)
      : samples_(samples), peer_(net, parameters, samples) {}
  void infer(const float* x, float* y) {
    if (samples_ == 1) peer_.infer(x, y);
    else peer_.infer(x, y, samples_);
  }
  void step(const float* x, const float* target) {
    if (samples_ == 1) peer_.step(x, target);
    else peer_.step(x, target, samples_);
  }
  std::vector<float> parameters() const { return peer_.parameters(); }

private:
  std::size_t samples_;
  Peer peer_;
};

template <class Peer>
inline constexpr bool is_trained = requires(Peer p, const float* x) { p.step(x, x); };

template <class Peer>
std::string check(const topology& net, std::size_t samples) {
  struct {
    double training_tolerance = usual_training_tolerance;
    std::unique_ptr<caller<Peer>> make(const topology& t, std::span<const float> parameters, std::size_t batch) const {
      return std::make_unique<caller<Peer>>(t, parameters, batch);
    }
  } const library;
  if constexpr (is_trained<Peer>) return check_training(library, net, samples);
  else return check_inference(library, net, samples);
}

template <class Peer>
void call(const topology& net, std::size_t samples, std::size_t calls) {
  const auto parameters = draw_parameters(net), x = draw(samples * net.inputs(), 2);
  auto y = draw(samples * net.outputs(), 3); // outputs, or targets
  caller<Peer> peer(net, parameters, samples);
  for (std::size_t i = 0; i < calls; ++i) {
    if constexpr (is_trained<Peer>) peer.step(x.data(), y.data());
    else peer.infer(x.data(), y.data());
    asm volatile("" ::"r"(y.data()) : "memory");
  }
}

/// PROGRAM cost: the multiply-adds of a sample. PROGRAM check SAMPLES: fails if what comes out is wrong. PROGRAM call
/// SAMPLES CALLS: the calls whose instructions are counted.
template <class Peer>
int run_calls(const topology& net, int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  const auto number = [&](int i) { return static_cast<std::size_t>(std::strtoull(argv[i], nullptr, 10)); };
  if (what == "cost" && argc == 2) {
    std::printf("%zu\n", is_trained<Peer> ? net.training_multiply_adds() : net.multiply_adds());
  } else if (what == "check" && argc == 3) {
    const auto wrong = check<Peer>(net, number(2));
    if (!wrong.empty()) std::fprintf(stderr, "%s on %s: %s\n", Peer::name, net.name.c_str(), wrong.c_str());
    return wrong.empty() ? 0 : 1;
  } else if (what == "call" && argc == 4) {
    call<Peer>(net, number(2), number(3));
  } else {
    std::fprintf(stderr, "usage: %s cost | check SAMPLES | call SAMPLES CALLS\n", argv[0]);
    return 2;
  }
  return 0;
}

} // namespace bench
