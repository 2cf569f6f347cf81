#pragma once

#include "net/check.hpp"
#include "peer/session.hpp"
#include "timing/clock.hpp"

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace bench {

/// What a peer is: a class made of a topology, parameters and the number of samples in a call.
///   infer(x, y, n) and, if it has a faster way for one sample, infer(x, y);
///   step(x, target, n), one training step on the mean squared error with Adam, and, likewise, step(x, target).
/// n is always the number of samples it was made for.
template <class Peer>
concept infers_one = requires(Peer p, const float* x, float* y) { p.infer(x, y); };
template <class Peer>
concept infers = infers_one<Peer> || requires(Peer p, const float* x, float* y) { p.infer(x, y, std::size_t{}); };
template <class Peer>
concept steps_one = requires(Peer p, const float* x) { p.step(x, x); };
template <class Peer>
concept trains = steps_one<Peer> || requires(Peer p, const float* x) { p.step(x, x, std::size_t{}); };

template <class Peer>
class measured final : public session {
public:
  measured(const topology& net, std::span<const float> parameters, std::size_t batch)
      : batch_(batch), inputs_(net.inputs()), outputs_(net.outputs()), peer_(net, parameters, batch) {}

  void infer(const float* x, float* y) override {
    if constexpr (infers<Peer>) {
      if (batch_ == 1) infer_one(x, y);
      else peer_.infer(x, y, batch_);
    }
  }
  void step(const float* x, const float* target) override {
    if constexpr (trains<Peer>) {
      if (batch_ == 1) step_one(x, target);
      else peer_.step(x, target, batch_);
    }
  }
  std::vector<float> parameters() const override {
    if constexpr (trains<Peer>) return peer_.parameters();
    else return {};
  }

  void back_to_back(benchmark::State& state, const float* in) override {
    if constexpr (infers<Peer>) {
      std::vector<float> y(batch_ * outputs_);
      float* out = y.data();
      if (batch_ == 1)
        for (auto _ : state) {
          infer_one(in, out);
          benchmark::ClobberMemory();
        }
      else
        for (auto _ : state) {
          peer_.infer(in, out, batch_);
          benchmark::ClobberMemory();
        }
      benchmark::DoNotOptimize(out);
    }
  }

  void dependent(benchmark::State& state) override {
    if constexpr (infers<Peer>) {
      std::vector<float> x(inputs_, 0.1f), y(outputs_);
      float* in = x.data();
      float* out = y.data();
      const auto first = std::bit_cast<std::uint32_t>(in[0]);
      std::uint32_t none = 0; // hidden from the compiler: the first input stays what it was, but waits for the output
      benchmark::DoNotOptimize(none);
      for (auto _ : state) {
        infer_one(in, out);
        benchmark::ClobberMemory();
        in[0] = std::bit_cast<float>(first | (std::bit_cast<std::uint32_t>(out[0]) & none));
        benchmark::ClobberMemory();
      }
    }
  }

  void train(benchmark::State& state, const samples& stream) override {
    if constexpr (trains<Peer>) {
      const float *x = stream.inputs.data(), *target = stream.targets.data();
      const float* const end = x + stream.count / batch_ * batch_ * inputs_;
      for (auto _ : state) {
        if (batch_ == 1) step_one(x, target);
        else peer_.step(x, target, batch_);
        benchmark::ClobberMemory();
        x += batch_ * inputs_, target += batch_ * outputs_;
        if (x == end) x = stream.inputs.data(), target = stream.targets.data();
      }
    }
  }

  void time_single(const float* x, float* y, std::size_t calls, tally& times) override {
    if constexpr (infers<Peer>) {
      for (std::size_t call = 0; call < calls; ++call) {
        const auto begin = ticks();
        infer_one(x, y);
        benchmark::ClobberMemory();
        times.add(ticks() - begin);
      }
    }
  }

private:
  void infer_one(const float* x, float* y) {
    if constexpr (infers_one<Peer>) peer_.infer(x, y);
    else peer_.infer(x, y, 1);
  }
  void step_one(const float* x, const float* target) {
    if constexpr (steps_one<Peer>) peer_.step(x, target);
    else peer_.step(x, target, 1);
  }

  std::size_t batch_, inputs_, outputs_;
  Peer peer_;
};

/// A static object of this type adds a peer to libraries().
template <class Peer>
struct offer {
  explicit offer(std::string only_net = {}) {
    library l{Peer::name, Peer::version(), infers<Peer>, trains<Peer>, usual_training_tolerance, {}, {}, {}};
    if constexpr (requires { Peer::training_tolerance; }) l.training_tolerance = Peer::training_tolerance;
    l.compiled = [only_net](const topology& net) {
      if constexpr (requires { Peer::compiled(net); }) return Peer::compiled(net);
      else return only_net.empty() || only_net == net.name;
    };
    l.refusal = [](const topology& net) {
      if constexpr (requires { Peer::refusal(net); }) return Peer::refusal(net);
      else return std::string();
    };
    l.make = [](const topology& net, std::span<const float> parameters, std::size_t batch) {
      return std::make_unique<measured<Peer>>(net, parameters, batch);
    };
    libraries().push_back(std::move(l));
  }
};

} // namespace bench
