#include "recognize/scale.hpp"

#include "inlay/math/arithmetic.hpp"

namespace inlay::onnx {

void add_scale(const follower& here, const node& of, std::vector<step>& into, const std::vector<double>& scale,
               const std::vector<double>& shift) {
  step one{step::kind::scale, of.title()};
  one.scale.resize(here.features), one.shift.resize(here.features);
  std::vector<bool> known(here.features, false);
  for (std::size_t at = 0; at < here.where.size(); ++at) {
    const std::size_t f = here.where[at] % here.features;
    if (!known[f])
      known[f] = true, one.scale[f] = scale[at], one.shift[f] = shift[at];
    if (!math::is_finite(scale[at]) || !math::is_finite(shift[at]))
      here.fail(of, "finite constants", "others");
    if (one.scale[f] != scale[at] || one.shift[f] != shift[at])
      here.fail(of, "constants that are the same for all samples", "some of their own for each");
  }
  into.push_back(std::move(one));
}

} // namespace inlay::onnx
