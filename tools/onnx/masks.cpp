#include "masks.hpp"

#include <algorithm>
#include <cmath>

namespace inlay::onnx {

namespace {

bool is_mask(const follower& here, const std::string& input) {
  constexpr double large = 1e5;
  static const std::set<std::string> moving{"Identity", "Cast", "Concat", "Slice", "Split", "Gather", "Squeeze",
                                            "Unsqueeze", "Reshape", "Flatten", "Transpose", "Add", "Sub", "Neg"};
  std::map<std::string, double> factors{{input, 1.0}}; // by which its numbers have been multiplied
  for (const node* of : here.needed) {
    double factor = 0, constant = 1;
    bool alone = true;
    for (const auto& name : of->inputs)
      if (const auto found = factors.find(name); found != factors.end())
        factor = std::max(factor, found->second);
      else if (here.varies(name))
        alone = false;
      else if (!name.empty() && here.value(name).size() == 1)
        constant = std::abs(here.value(name).values[0]);
    if (factor == 0 || !alone || (of->op != "Mul" && !moving.contains(of->op)))
      continue;
    factors[of->outputs[0]] = factor = of->op == "Mul" ? factor * constant : factor;
    if (factor >= large)
      return true;
  }
  return false;
}

} // namespace

std::vector<bool> masks_of(const follower& of) {
  std::vector<bool> all;
  for (const auto& input : of.inputs)
    all.insert(all.end(), input.features, is_mask(of, input.tensor));
  return all;
}

} // namespace inlay::onnx
