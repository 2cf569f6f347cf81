#pragma once

#include "net/topology.hpp"
#include "timing/tally.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace bench {

/// Samples in memory, one after another; inputs and targets.
struct samples {
  std::size_t count;
  std::vector<float> inputs, targets;
};

/// A library with a net in it, ready to be called: what offer.hpp makes of each peer, so that the timed loops are
/// compiled together with the call in them.
class session {
public:
  virtual ~session() = default;
  virtual void infer(const float* x, float* y) = 0; ///< as many samples as the session was made for
  virtual void step(const float* x, const float* target) = 0;
  virtual std::vector<float> parameters() const = 0; ///< canonical order, after training

  virtual void back_to_back(benchmark::State&, const float* x) = 0; ///< calls that need not wait for each other
  virtual void dependent(benchmark::State&) = 0;                    ///< each input needs the output before
  virtual void train(benchmark::State&, const samples&) = 0;
  virtual void time_single(const float* x, float* y, std::size_t calls, tally&) = 0; ///< each call by itself
};

struct library {
  std::string name;
  std::string version;
  bool infers, trains;
  double training_tolerance;                     ///< check_training's
  std::function<bool(const topology&)> compiled; ///< of a library whose nets are types: whether this net is the one
  std::function<std::string(const topology&)> refusal; ///< why it cannot hold a net; empty if it can
  /// Parameters in canonical order: layer by layer, W row-major [out][in], then b.
  std::function<std::unique_ptr<session>(const topology&, std::span<const float> parameters, std::size_t batch)> make;
};

/// All that were compiled in; each peer's translation unit adds its own before main.
std::vector<library>& libraries();
/// Brings them into the order in which they are shown: inlay, then those that one would sooner compare it with.
void sort_libraries();

} // namespace bench
