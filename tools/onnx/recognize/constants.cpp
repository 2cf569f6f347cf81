#include "recognize/constants.hpp"

#include "recognize/scale.hpp"

#include <algorithm>
#include <functional>

namespace inlay::onnx {

namespace {

/// Of element `at` of a tensor whose samples are along its first axis, or its last, as the features among its elements are.
std::vector<std::size_t> samples_of(const follower& here, const node& of, const tensor& moved) {
  const std::size_t each = moved.size() / here.samples;
  for (const bool first : {true, false}) {
    std::vector<std::size_t> samples;
    bool right = true;
    for (std::size_t at = 0; at < moved.size(); ++at) {
      samples.push_back(first ? at / each : at % here.samples);
      right &= moved.values[at] < 0 || static_cast<std::size_t>(moved.values[at]) / here.features == samples.back();
    }
    if (right)
      return samples;
  }
  if (here.time_steps > 1)
    here.fail(of, "constants beside the features of each step", "some before or behind the steps");
  here.fail(of, "samples along the first axis, or the last", "some along another");
}

} // namespace

void move_to(follower& here, const node& of, std::vector<step>& into, const tensor& moved,
             const std::vector<double>& constants) {
  const bool all_vary = std::none_of(moved.values.begin(), moved.values.end(), [](double at) { return at < 0; });
  const auto last = [&](double at) { return at >= 0 && static_cast<std::size_t>(at) / here.features % here.time_steps + 1 == here.time_steps; };
  if (here.time_steps > 1 && moved.size() > 0 && std::all_of(moved.values.begin(), moved.values.end(), last)) {
    here.where.assign(moved.values.begin(), moved.values.end());
    return; // see end_at_last_step
  }
  if (here.time_steps > 1 && all_vary && moved.size() > 0 && moved.size() % here.samples)
    here.fail(of, "all steps of a sequence, or the last", "some of " + std::to_string(here.time_steps));
  if (moved.size() == 0 || moved.size() % here.samples)
    here.fail(of, "as many elements of each sample", text_of(moved.shape));
  if (std::any_of(moved.values.begin(), moved.values.end(), [&](double at) { return at >= static_cast<double>(here.samples * here.features); }))
    here.fail(of, "features of the samples before it", "others");
  std::vector<double> added; // values of the sample, in their order
  if (all_vary) {
    here.where.assign(moved.values.begin(), moved.values.end());
  } else {
    const auto samples = samples_of(here, of, moved);
    std::vector<std::vector<double>> own(here.samples);
    for (std::size_t at = 0; at < moved.size(); ++at)
      if (moved.values[at] < 0)
        own[samples[at]].push_back(constants.at(static_cast<std::size_t>(-1 - moved.values[at])));
    if (std::any_of(own.begin(), own.end(), [&](const auto& one) { return one != own[0]; }))
      here.fail(of, here.time_steps > 0 ? "constants that are the same for all steps" : "constants that are the same for all samples", "some of their own for each");
    added = own[0];
    const std::size_t total = here.features + added.size();
    step selection{step::kind::selection, of.title()}, scale{step::kind::scale, of.title()};
    for (std::size_t f = 0; f < total; ++f)
      selection.from.push_back(f % here.features);
    scale.scale.assign(here.features, 1), scale.shift.assign(here.features, 0);
    scale.scale.resize(total, 0);
    scale.shift.insert(scale.shift.end(), added.begin(), added.end());
    into.push_back(std::move(selection)), into.push_back(std::move(scale));
    into[into.size() - 2].features = here.features;
    std::vector<std::size_t> next(here.samples, here.features);
    here.where.clear();
    for (std::size_t at = 0; at < moved.size(); ++at) {
      const auto from = static_cast<std::size_t>(std::max(moved.values[at], 0.0));
      here.where.push_back(samples[at] * total + (moved.values[at] < 0 ? next[samples[at]]++ : from % here.features));
    }
    here.features = total;
  }
  std::vector<std::size_t> count(here.samples, 0);
  for (const std::size_t at : here.where)
    ++count[at / here.features];
  if (std::adjacent_find(count.begin(), count.end(), std::not_equal_to<>()) != count.end() && here.time_steps > 1)
    here.fail(of, "all steps of a sequence, or the last", "some of " + std::to_string(here.time_steps));
  if (std::adjacent_find(count.begin(), count.end(), std::not_equal_to<>()) != count.end())
    here.fail(of, "as many elements of each sample", "more of one than of another");
}

} // namespace inlay::onnx
