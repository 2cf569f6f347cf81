#pragma once

#include "interpreter/operator/pad.hpp"
#include "recognize/constants.hpp"
#include "recognize/probes.hpp"
#include "recognize/recognizer/convolution.hpp"
#include "recognize/recognizer/pool.hpp"

namespace inlay::onnx::recognizers {

/// The node that uses a padded tensor, with the padding as its own: a convolution, or a pool. Nothing if it is neither, or pads
/// something else.
inline std::optional<node> padded_node(const follower& here, const node& of, const way& on) {
  nodes_t users;
  for (const node* one : here.users(of.outputs[0]))
    if (std::find(on.between.begin(), on.between.end(), one) != on.between.end())
      users.push_back(one);
  if (users.size() != 1 || of.text("mode", "constant") != "constant" || users[0]->text("auto_pad", "NOTSET") != "NOTSET")
    return {};
  node one = *users[0];
  const tensor& x = here.value(here.current);
  std::vector<const tensor*> inputs{&x};
  for (std::size_t i = 1; i < of.inputs.size(); ++i)
    inputs.push_back(of.inputs[i].empty() ? nullptr : &here.value(of.inputs[i]));
  const computation c{here.model, of, inputs};
  const shape_t pads = operators::paddings(c, x);
  const double value = c.has(2) && c.input(2).size() == 1 ? c.input(2).values[0] : of.number("value", 0);
  const bool average = one.op == "AveragePool", nothing = one.op == "MaxPool" && value <= -no_bound;
  if (x.rank() < 3 || one.inputs[0] != of.outputs[0] || !(nothing || (value == 0 && (average || one.op == "Conv"))))
    return {};
  auto own = one.list("pads");
  own.resize(2 * (x.shape.size() - 2), 0);
  const bool padded = std::any_of(own.begin(), own.end(), [](std::int64_t pad) { return pad != 0; });
  if (average && padded && one.number("count_include_pad", 0) == 0)
    return {};
  attribute all;
  for (std::size_t k = 0; k < 2; ++k)
    for (std::size_t d = 0; d < x.shape.size(); ++d) {
      const std::int64_t pad = pads[k * x.shape.size() + d];
      if (d < 2 ? pad != 0 : pad < 0)
        return {};
      if (d >= 2)
        all.numbers.push_back(static_cast<double>(pad + own[k * (x.shape.size() - 2) + d - 2]));
    }
  one.attributes["pads"] = all;
  if (average)
    one.attributes["count_include_pad"].number = 1;
  one.inputs[0] = here.current;
  return one;
}

/// In front of a convolution or a pool it is part of that; of features it is constants beside them.
inline bool take_pad(follower& here, const way& on) {
  const node& of = *on.next[0];
  if (of.inputs[0] != here.current ||
      std::any_of(of.inputs.begin() + 1, of.inputs.end(), [&](auto& name) { return here.varies(name); }))
    here.fail(of, "constant pads", "pads that depend on the input");
  if (const auto user = padded_node(here, of, on)) {
    const way to{on.end, on.between, {&*user}, on.into};
    return user->op == "Conv" ? take_convolution(here, to) : take_pool(here, to);
  }
  const tensor places = here.places();
  const bool given = of.inputs.size() > 2 && !of.inputs[2].empty();
  if (given && here.parameters(of, of.inputs[2]).size() != 1)
    here.fail(of, "one number to pad with", text_of(here.value(of.inputs[2]).shape));
  const double value = given ? here.value(of.inputs[2]).values[0] : of.number("value", 0);
  std::vector<const tensor*> inputs{&places};
  for (std::size_t i = 1; i < of.inputs.size(); ++i)
    inputs.push_back(of.inputs[i].empty() ? nullptr : &here.value(of.inputs[i]));
  const tensor code = scalar(place_of_constant(0));
  node coded = of;
  coded.attributes["value"].number = code.values[0];
  if (inputs.size() > 2)
    inputs[2] = &code;
  move_to(here, of, on.into, evaluate(here.model, coded, inputs), {value});
  here.move_on(of);
  return true;
}

inline recognizer_rows pad_rows() { return {{"Pad", take_pad}}; }

} // namespace inlay::onnx::recognizers
