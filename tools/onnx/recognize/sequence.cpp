#include "recognize/sequence.hpp"

#include "recognize/layers.hpp"

#include "inlay/io/detail/text.hpp"

#include <algorithm>

namespace inlay::onnx {

bool at_last_step(const follower& here) {
  return here.time_steps > 1 && std::all_of(here.where.begin(), here.where.end(), [&](std::size_t at) {
           return at / here.features % here.time_steps + 1 == here.time_steps;
         });
}

void end_at_last_step(follower& here, std::vector<step>& into) {
  if (!here.lanes.empty() || !at_last_step(here))
    return;
  step one{step::kind::layer, "tensor " + io::detail::in_quotes(here.current)};
  one.layer = make_end_of_sequence("last_step");
  into.push_back(std::move(one));
  for (std::size_t& at : here.where)
    at = at / here.features / here.time_steps * here.features + at % here.features;
  here.samples /= here.time_steps, here.time_steps = 0;
}

void lay_steps_flat(follower& here, const node& of, std::vector<step>& into) {
  step one{step::kind::layer, of.title()};
  one.layer = make_end_of_sequence("flatten");
  into.push_back(std::move(one));
  here.all_steps();
}

namespace {

/// Calls f(sample, step, number) for the elements of a tensor, one after the other.
template <class F>
void for_each_number(const std::vector<std::int64_t>& shape, const sequence_axes& axes, F f) {
  std::vector<std::size_t> index(3, 0);
  std::size_t size = 1;
  for (const std::int64_t extent : shape)
    size *= static_cast<std::size_t>(extent);
  for (std::size_t at = 0; at < size; ++at) {
    f(index[axes.sample], index[axes.step], index[axes.number]);
    for (std::size_t d = 3; d-- > 0 && ++index[d] == static_cast<std::size_t>(shape[d]);)
      index[d] = 0;
  }
}

} // namespace

std::vector<std::size_t> features_of_step(const follower& here, const sequence_axes& axes) {
  const auto& shape = here.value(here.current).shape;
  const auto extent = [&](std::size_t d) { return static_cast<std::size_t>(shape[d]); };
  if (here.time_steps == 0 || shape.size() != 3 || extent(axes.step) != here.time_steps ||
      extent(axes.sample) * here.time_steps != here.samples)
    return {};
  std::vector<std::size_t> features(extent(axes.number));
  bool right = true;
  auto at = here.where.begin();
  for_each_number(shape, axes, [&](std::size_t sample, std::size_t step, std::size_t number) {
    if (sample == 0 && step == 0)
      features[number] = *at % here.features;
    right = right && *at == (sample * here.time_steps + step) * here.features + features[number];
    ++at;
  });
  return right ? features : std::vector<std::size_t>();
}

std::vector<std::size_t> places_of_steps(const std::vector<std::int64_t>& shape, const sequence_axes& axes) {
  const auto steps = static_cast<std::size_t>(shape[axes.step]), numbers = static_cast<std::size_t>(shape[axes.number]);
  std::vector<std::size_t> places;
  for_each_number(shape, axes, [&](std::size_t sample, std::size_t step, std::size_t number) {
    places.push_back((sample * steps + step) * numbers + number);
  });
  return places;
}

bool move_behind_recurrent(follower& here, const node& of) {
  const auto& y = here.value(of.outputs[0]).shape; // [steps, directions, samples, units], or [directions, samples, units]
  if (!of.is_recurrent() || here.time_steps == 0 || y.size() != (of.which == 0 ? 4 : 3))
    return false;
  const bool samples_first = of.number("layout", 0) != 0; // [samples, steps, directions, units]
  const auto extent = [&](std::size_t d) { return static_cast<std::size_t>(y[d]); };
  const std::size_t steps = here.time_steps, samples = here.samples / steps, units = extent(y.size() - 1);
  const std::size_t directions = here.value(of.outputs[0]).size() / units / samples / (of.which == 0 ? steps : 1);
  if (directions < 1 || directions > 2 || here.value(of.outputs[0]).size() % (units * samples))
    return false;
  here.features = directions * units;
  here.where.clear();
  const auto add = [&](std::size_t s, std::size_t t, std::size_t d) {
    for (std::size_t k = 0; k < units; ++k)
      here.where.push_back((s * steps + t) * here.features + d * units + k);
  };
  for (std::size_t t = 0; of.which == 0 && !samples_first && t < steps; ++t)
    for (std::size_t d = 0; d < directions; ++d)
      for (std::size_t s = 0; s < samples; ++s)
        add(s, t, d);
  for (std::size_t s = 0; of.which == 0 && samples_first && s < samples; ++s)
    for (std::size_t t = 0; t < steps; ++t)
      for (std::size_t d = 0; d < directions; ++d)
        add(s, t, d);
  const auto last = [&](std::size_t d) { return d == 0 ? steps - 1 : 0; }; // in reverse it is the first
  for (std::size_t k = 0; of.which > 0 && k < directions * samples; ++k)
    samples_first ? add(k / directions, last(k % directions), k % directions) : add(k % samples, last(k / samples), k / samples);
  here.current = of.outputs[0], here.image = false;
  return true;
}

} // namespace inlay::onnx
