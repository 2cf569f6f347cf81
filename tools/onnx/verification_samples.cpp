#include "verification_samples.hpp"

#include "inlay/io/detail/noticed.hpp"
#include "inlay/io/detail/rounding.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <string_view>

namespace inlay::onnx {

namespace {

using namespace io::detail;
using sample_t = std::vector<double>;

verification_sample sample_of(const net_description& net, sample_t x, std::size_t trials) {
  if (!net.double_precision)
    for (double& value : x)
      value = static_cast<double>(static_cast<float>(value));
  auto tolerance = rounding_tolerance(net, x, evaluate(net, x), trials);
  return {std::move(x), std::move(tolerance)};
}

/// A number before σ, its row of weights, and how many candidates were aimed at it.
struct unit {
  std::size_t layer, number;
  std::size_t tensor, first, weights;
  int tried = 0;
};

class search {
public:
  search(const net_description& net, const std::vector<step>& steps, const std::vector<bool>& masks)
      : net(net), steps(steps), masks(masks), found(net) {
    std::size_t tensor = 0;
    for (std::size_t l = 0; l < net.layers.size(); ++l) {
      add_units(l, tensor);
      tensor += net.layers[l].parameters.size();
      for (const auto& branch : net.layers[l].branches)
        for_each_parameter(branch, [&](const auto&) { ++tensor; });
    }
  }

  std::vector<verification_sample> run(std::size_t most_candidates) {
    const std::size_t once = multiply_adds(net.layers) + numbers(net.layers) + features; // of one evaluation
    const std::size_t work = once * (found.rows() + 8) + 10'000;                         // with all derivatives
    if (work > 200'000'000)
      keep(dense(1.0), 0); // seconds each
    else
      for (const double size : {0.0, 0.1, 1.0, 1.0, 1.0, 1.0, 3.0, 3.0})
        keep(dense(size), 0);
    const std::size_t candidates = std::min(most_candidates, 1'200'000'000 / work);
    const std::size_t most = std::clamp<std::size_t>(std::min(32'768 / features, 20'000'000 / once), 40, 256);
    for (std::size_t c = 0; c < candidates && kept.size() < most && found.count < found.parameters; ++c)
      consider(c % 4 == 0 ? dense(size()) : (c % 4 == 1 ? single(c / 4 % features) : aimed()));
    return kept;
  }

private:
  /// The numbers that layers give, each times what its formula costs: on the way back every operator computes those below it again.
  static std::size_t numbers(const std::vector<layer_description>& layers) {
    std::size_t count = 0;
    for (const auto& layer : layers) {
      const std::string_view formula = layer.is.onnx;
      const auto operators = static_cast<std::size_t>(std::count(formula.begin(), formula.end(), '('));
      count += size_of(layer.output) * (operators * operators + 1);
      for (const auto& branch : layer.branches)
        count += numbers(branch);
    }
    return count;
  }
  void add_units(std::size_t l, std::size_t tensor) {
    const layer_description& layer = net.layers[l];
    if (!layer.is_a("dense") && !layer.is_a("conv1d") && !layer.is_a("conv2d"))
      return;
    const std::size_t rows = layer.biases().size(), positions = size_of(layer.output) / rows;
    const std::size_t weights = layer.weights().size() / rows;
    for (std::size_t o = 0; o < rows; ++o)
      units.push_back({l, o * positions + positions / 2, tensor, o * weights, weights});
  }

  double uniform(double low, double high) { // the same on every machine
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
  }
  double size() { return std::pow(10, uniform(-1.5, 2)); }

  /// Parts of masks as zeros and ones.
  sample_t masked(sample_t x) const {
    for (std::size_t f = 0; f < x.size(); ++f)
      if (masks[f])
        x[f] = x[f] > 0 ? 1 : 0;
    return x;
  }
  sample_t in_range(sample_t x) const {
    if (!steps.empty() && steps[0].is == step::kind::scale)
      for (std::size_t f = 0; f < x.size(); ++f)
        if (steps[0].scale[f] != 0)
          x[f] = (x[f] - steps[0].shift[f]) / steps[0].scale[f];
    return x;
  }
  sample_t dense(double size) {
    sample_t x(features);
    for (double& value : x)
      value = size * uniform(-1, 1);
    return in_range(std::move(x));
  }
  sample_t single(std::size_t f) {
    sample_t x(features, 0);
    x[f] = uniform(-1, 1) < 0 ? -size() : size();
    return in_range(std::move(x));
  }
  /// An input at which a unit is a little above 0, where no σ is saturated: of those with the most weights that are not
  /// noticed yet, halved with each try. By Newton's method from a random input.
  sample_t aimed() {
    sample_t x = dense(size());
    const auto needs = [&](const unit& one) {
      const auto row = found.noticed[one.tensor].begin() + static_cast<std::ptrdiff_t>(one.first);
      return std::ldexp(std::count(row, row + static_cast<std::ptrdiff_t>(one.weights), false), -one.tried);
    };
    const auto at = std::max_element(units.begin(), units.end(), [&](auto& a, auto& b) { return needs(a) < needs(b); });
    if (at == units.end())
      return x;
    ++at->tried;
    const double wanted = uniform(0, 2);
    for (int step = 0; step < 6; ++step) {
      const auto traces = record(net.layers, x);
      const double lacks = wanted - traces[at->layer].z[at->number];
      const sample_t slope = slope_of(*at, traces);
      double square = 0;
      for (const double one : slope)
        square += one * one;
      if (!(square > 1e-12) || std::abs(lacks) < 0.1)
        break;
      for (std::size_t f = 0; f < features; ++f)
        x[f] += slope[f] * lacks / square;
    }
    return x;
  }
  /// ∂z/∂x
  sample_t slope_of(const unit& of, const std::vector<layer_trace>& traces) {
    derivatives_t d(1, sample_t(traces[of.layer].z.size(), 0));
    d[0][of.number] = 1;
    for (std::size_t l = of.layer + 1; l-- > 0;) {
      if (l < of.layer)
        before_activation(net.layers[l].activation, traces[l], d);
      d = back_from_z(net.layers[l], traces[l], d, unused);
    }
    return d[0];
  }

  influence_t movements(const verification_sample& of) const {
    return found.movements(record(net.layers, of.x), of.tolerance, kept.size());
  }
  /// Keeps a sample with which at least so many more parameters are noticed.
  void keep(sample_t x, std::size_t least) {
    verification_sample sample = sample_of(net, masked(std::move(x)), 16);
    const auto moved = movements(sample);
    if (found.gain(moved) < least)
      return;
    found.keep(moved);
    kept.push_back(std::move(sample));
  }
  /// Keeps a candidate that brings a two-hundredth of what is not noticed yet, which few trials tell nearly.
  void consider(sample_t x) {
    x = masked(std::move(x));
    const auto far = [](double value) { return !(std::abs(value) < 1e6); }; // whither a flat direction leads
    if (std::any_of(x.begin(), x.end(), far))
      return;
    for (const layer_trace& trace : record(net.layers, x))
      if (std::any_of(trace.z.begin(), trace.z.end(), [](double value) { return !(std::abs(value) < 1e30); }))
        return; // float might overflow
    const std::size_t least = (found.parameters - found.count) / 200 + 1;
    if (found.gain(movements(sample_of(net, x, 4))) >= least)
      keep(std::move(x), least);
  }

  const net_description& net;
  const std::vector<step>& steps;
  const std::vector<bool>& masks;
  const std::size_t features = size_of(net.input);
  noticed_parameters found;
  influence_t unused = found.none();
  std::vector<unit> units;
  std::vector<verification_sample> kept;
  std::mt19937_64 random{1};
};

} // namespace

namespace {

/// Sequences of several sizes: noise about a slow wave.
std::vector<verification_sample> sequences(const net_description& net) {
  const std::size_t numbers = size_of(net.input), each = numbers / net.input[0];
  std::vector<verification_sample> all;
  std::mt19937_64 random{1};
  const std::size_t work = 5 * multiply_adds(net.layers) * net.input[0];
  for (const double size : {1.0, 3.0, 0.1, 0.0, 1.0, 1.0, 1.0, 3.0}) {
    if (all.size() > 1 && (all.size() * numbers > 4096 || all.size() * work > 500'000'000)) // of long ones two
      break;
    sample_t x;
    for (std::size_t i = 0; i < numbers; ++i) {
      const double noise = static_cast<double>(random() >> 11) * 0x1p-52 - 1;
      x.push_back(size * (0.5 * std::sin(0.3 * static_cast<double>(i / each) + static_cast<double>(i % each + all.size())) + 0.5 * noise));
    }
    all.push_back(sample_of(net, std::move(x), 16));
  }
  return all;
}

} // namespace

std::vector<verification_sample> verification_samples(const net_description& net, const std::vector<step>& steps,
                                                      const std::vector<bool>& masks, std::size_t most_candidates) {
  if (net.over_time)
    return sequences(net);
  return search(net, steps, masks).run(most_candidates);
}

verification_sample verification_sample_of(const net_description& net, std::vector<double> x) {
  return sample_of(net, std::move(x), 16);
}

} // namespace inlay::onnx
