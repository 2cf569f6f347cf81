#include "recognize/scale.hpp"

#include "recognize/order.hpp"

#include "inlay/math/arithmetic.hpp"

namespace inlay::onnx {

namespace {

/// One for each feature, or nothing where a feature has several; throws io::error where samples have some of their own.
bool gather(const follower& here, const node& of, const std::vector<double>& scale, const std::vector<double>& shift, step& into) {
  into.scale.assign(here.features, 1), into.shift.assign(here.features, 0);
  std::vector<bool> known(here.features, false);
  for (std::size_t at = 0; at < here.where.size(); ++at) {
    const std::size_t f = here.where[at] % here.features;
    if (!math::is_finite(scale[at]) || !math::is_finite(shift[at]))
      here.fail(of, "finite constants", "others");
    if (!known[f])
      known[f] = true, into.scale[f] = scale[at], into.shift[f] = shift[at];
    if (into.scale[f] != scale[at] || into.shift[f] != shift[at])
      return false;
  }
  return true;
}

} // namespace

void add_scale(follower& here, const node& of, std::vector<step>& into, const std::vector<double>& scale,
               const std::vector<double>& shift) {
  step one{step::kind::scale, of.title()};
  const bool repeated = here.where.size() > here.features * here.samples;
  if (!gather(here, of, scale, shift, one) &&
      (!repeated || !put_in_order(here, of.title(), into) || !gather(here, of, scale, shift, one)))
    here.fail(of, here.time_steps > 0 ? "constants that are the same for all steps" : "constants that are the same for all samples", "some of their own for each");
  into.push_back(std::move(one));
}

} // namespace inlay::onnx
