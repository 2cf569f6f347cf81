#include "measure/states.hpp"

#include "net/reference.hpp"
#include "timing/median.hpp"

#include <cmath>
#include <limits>
#include <memory>

namespace bench {
namespace {

constexpr float denormal = 1e-40f, huge = 1e30f;
const float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();

std::vector<float> scaled(std::vector<float> numbers, float factor) {
  for (auto& x : numbers) x *= factor;
  return numbers;
}

struct state {
  std::string name;
  std::vector<float> parameters, inputs;
};

std::vector<state> inference_states(const topology& net) {
  const auto w = draw_parameters(net), x = draw(net.inputs(), 7);
  const auto all = [&](float value) { return std::vector<float>(net.inputs(), value); };
  return {{"ordinary", w, x},
          {"zero inputs", w, all(0)},
          {"denormal inputs", w, scaled(x, denormal)},
          {"denormal weights", scaled(w, denormal), x},
          {"tiny sums", scaled(w, 1e-10f), scaled(x, 1e-10f)},
          {"denormal sums", scaled(w, 1e-20f), scaled(x, 1e-20f)},
          {"saturated", scaled(w, 1e3f), scaled(x, 1e3f)},
          {"overflowing", w, scaled(x, huge * 1e8f)},
          {"infinite inputs", w, all(infinity)},
          {"NaN inputs", w, all(nan)},
          {"NaN weights", std::vector<float>(w.size(), nan), x}};
}

template <class Loop>
std::vector<state_cost> compare(const char* what, const std::vector<std::string>& states,
                                const std::vector<const library*>& libs, Loop loop, effort effort) {
  std::vector<state_cost> costs;
  for (const auto* lib : libs) {
    std::vector<candidate> candidates;
    for (std::size_t i = 0; i < states.size(); ++i) candidates.push_back(loop(*lib, i));
    run(candidates, effort);
    const double normal = median(candidates[0].ns);
    for (std::size_t i = 0; i < states.size(); ++i)
      costs.push_back({what, states[i], lib->name, median(candidates[i].ns), normal});
  }
  return costs;
}

} // namespace

std::vector<state_cost> measure_inference_states(const topology& net, const std::vector<const library*>& libs,
                                                 effort effort) {
  const auto states = inference_states(net);
  std::vector<std::string> names;
  for (const auto& s : states) names.push_back(s.name);
  return compare(
      "inference", names, libs,
      [&](const library& lib, std::size_t i) {
        std::shared_ptr<session> session = lib.make(net, states[i].parameters, 1);
        return candidate{names[i],
                         [session, x = states[i].inputs.data()](benchmark::State& s) { session->back_to_back(s, x); }};
      },
      effort);
}

std::vector<state_cost> measure_training_states(const topology& net, const std::vector<const library*>& libs,
                                                effort effort) {
  constexpr std::size_t count = 256;
  const samples ordinary{count, draw(count * net.inputs(), 4), draw(count * net.outputs(), 5)};
  const auto inputs = [&](float factor) { return samples{count, scaled(ordinary.inputs, factor), ordinary.targets}; };
  const auto constant = [&](float value) {
    return samples{count, std::vector<float>(ordinary.inputs.size(), value), ordinary.targets};
  };
  struct training_state {
    std::string name;
    samples stream;
    std::size_t steps_before; // on ordinary numbers first, then that many on the stream
  };
  // With inputs of zero the first layer's weights have no gradient: after 1 000 steps their means have decayed into the
  // denormals (0.9^830 = 1e-38), after 100 000 their mean squares too.
  const std::vector<training_state> states{{"ordinary", ordinary, 0},
                                           {"zero inputs", constant(0), 0},
                                           {"means decayed", constant(0), 1000},
                                           {"mean squares decayed", constant(0), 100000},
                                           {"denormal inputs", inputs(denormal), 0},
                                           {"saturated", inputs(1e6f), 0},
                                           {"overflowing", inputs(huge * 1e8f), 0},
                                           {"NaN inputs", constant(nan), 0}};
  std::vector<std::string> names;
  for (const auto& s : states) names.push_back(s.name);
  const auto parameters = draw_parameters(net);
  return compare(
      "training step", names, libs,
      [&](const library& lib, std::size_t i) {
        std::shared_ptr<session> session = lib.make(net, parameters, 1);
        const auto& stream = states[i].stream;
        for (std::size_t s = 0; s < count; ++s)
          session->step(ordinary.inputs.data() + s * net.inputs(), ordinary.targets.data() + s * net.outputs());
        for (std::size_t s = 0; s < states[i].steps_before; ++s)
          session->step(stream.inputs.data(), stream.targets.data());
        return candidate{names[i], [session, &stream](benchmark::State& s) { session->train(s, stream); }};
      },
      effort);
}

} // namespace bench
