#pragma once

#include "recognize/layers.hpp"
#include "recognize/order.hpp"
#include "recognize/recognizer_row.hpp"

#include "inlay/io/detail/text.hpp"

#include <numeric>

namespace inlay::onnx::recognizers {

inline bool take_conv1d(follower& here, const way& on) {
  const node& of = *on.next[0];
  if (of.inputs[0] != here.current || here.varies(of.inputs[1]) || (of.inputs.size() > 2 && here.varies(of.inputs[2])))
    here.fail(of, "constant weights", "weights that depend on the input");
  const tensor &x = here.value(here.current), &w = here.parameters(of, of.inputs[1]);
  const std::size_t axis =
      x.rank() == 3 || x.shape[2] != 1 || w.shape[2] != 1 ? 0 : 1; // the one that is not of length 1
  if (x.rank() == 4 && (x.shape[axis ? 2 : 3] != 1 || w.shape[axis ? 2 : 3] != 1))
    here.fail(of, "a convolution along one axis (conv1d)", text_of(x.shape) + " and weights " + text_of(w.shape));
  for (const auto pad : of.list("pads"))
    if (pad)
      here.fail(of, "a convolution without padding (conv1d is valid)", "pads " + text_of(of.list("pads")));
  if (const auto pad = of.text("auto_pad", "NOTSET"); pad != "NOTSET" && pad != "VALID")
    here.fail(of, "a convolution without padding (conv1d is valid)", "auto_pad " + io::detail::in_quotes(pad));
  if (of.number("group", 1) != 1)
    here.fail(of, "a convolution of one group", io::detail::text_of(of.number("group", 1)) + " groups");
  const auto channels = static_cast<std::size_t>(x.shape[1]), length = static_cast<std::size_t>(x.shape[2 + axis]);
  std::vector<std::size_t> wanted(here.where.size());
  std::iota(wanted.begin(), wanted.end(), std::size_t{0});
  if (channels * length != here.features || !put_in_order(here, wanted, of.title(), on.into))
    here.fail(of, "a sample as " + text_of({x.shape[1], x.shape[2 + axis]}) + ", channels first, or its transpose",
              "its elements in another order");
  const auto option = [&](const char* name) {
    const auto list = of.list(name);
    return axis < list.size() ? static_cast<std::size_t>(list[axis]) : 1;
  };
  step one{step::kind::linear, of.title()};
  const tensor& y = here.value(of.outputs[0]);
  const auto outputs = static_cast<std::size_t>(w.shape[0]), positions = static_cast<std::size_t>(y.shape[2 + axis]);
  const auto kernel = static_cast<std::size_t>(w.shape[2 + axis]);
  const bool biased = of.inputs.size() > 2 && !of.inputs[2].empty();
  one.layer = make_conv1d({channels, length}, {outputs, positions},
                          {kernel, option("strides"), kernel == 1 ? 1 : option("dilations")}, w.values,
                          biased ? here.parameters(of, of.inputs[2]).values : std::vector<double>(outputs, 0));
  begin_with(here, {channels, length}, on.into);
  on.into.push_back(std::move(one));
  here.where.resize(y.size());
  std::iota(here.where.begin(), here.where.end(), std::size_t{0});
  here.features = outputs * positions;
  here.move_on(of);
  return true;
}

inline recognizer_rows conv1d_rows() { return {{"Conv", take_conv1d}}; }

} // namespace inlay::onnx::recognizers
