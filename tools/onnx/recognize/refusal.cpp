#include "recognize/refusal.hpp"

#include "interpreter/operators.hpp"
#include "recognize/clamp.hpp"
#include "recognize/probes.hpp"

#include "inlay/io/detail/activation_entry.hpp"

#include <optional>

namespace inlay::onnx {

namespace {

/// The function of one number that a node is at probes(), if it is one.
std::optional<std::vector<double>> at_probes(const follower& here, const node& of) {
  if (!is_elementwise(of))
    return {};
  const tensor x{{static_cast<std::int64_t>(probes().size())}, probes()};
  std::vector<tensor> constants(of.inputs.size());
  std::vector<const tensor*> inputs;
  for (std::size_t i = 0; i < of.inputs.size(); ++i) {
    const std::string& name = of.inputs[i];
    if (name != here.current && !name.empty()) {
      if (here.varies(name) || here.value(name).size() != 1)
        return {};
      constants[i] = scalar(here.value(name).values[0]);
    }
    inputs.push_back(name.empty() ? nullptr : (name == here.current ? &x : &constants[i]));
  }
  return evaluate(here.model, of, inputs).values;
}

} // namespace

void refuse(const follower& here, const node& of) {
  const auto values = at_probes(here, of);
  if (const std::string spoilt = values ? spoilt_clamp(*values) : ""; !spoilt.empty())
    here.fail(of, "a function that inlay computes as exactly as a float can", spoilt);
  std::string known;
  for (const auto& entry : io::detail::activation_entries())
    if (entry.value && *entry.is.onnx && entry.is.name != std::string_view("identity"))
      known += std::string(entry.is.name) + ", ";
  here.fail(of, "an operator that inlay's layers are made of",
            is_elementwise(of) ? "a function that is none of inlay's activations (" + known +
                                     "a clamp, the larger or smaller of it and a constant)"
                               : of.operation());
}

void refuse_meeting(const follower& here, const node& of) {
  here.fail(of, "branches that meet in a sum, a product or a Concat", of.operation());
}

} // namespace inlay::onnx
