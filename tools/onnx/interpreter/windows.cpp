#include "interpreter/windows.hpp"

#include <algorithm>

namespace inlay::onnx {

windows::windows(const computation& c, const tensor& x, const shape_t& kernel) {
  if (x.rank() < 3 || x.rank() > 4 || kernel.size() + 2 != x.shape.size())
    c.fail("windows along one axis, or two", text_of(x.shape) + " and a kernel of " + text_of(kernel));
  const std::string pad = c.of.text("auto_pad", "NOTSET");
  const bool ceil = c.of.number("ceil_mode", 0) != 0;
  const auto option = [&](const char* name, std::size_t i, std::int64_t otherwise) {
    const auto list = c.of.list(name);
    return i < list.size() ? list[i] : otherwise;
  };
  for (std::size_t d = 0; d < kernel.size(); ++d) {
    axis one{.extent = x.shape[2 + d],
             .kernel = kernel[d],
             .stride = option("strides", d, 1),
             .dilation = option("dilations", d, 1),
             .before = option("pads", d, 0),
             .after = option("pads", kernel.size() + d, 0)};
    constexpr std::int64_t most = 1 << 20;
    if (one.stride < 1 || one.dilation < 1 || one.kernel < 1 || one.stride > most || one.dilation > most || one.kernel > most ||
        one.before > most || one.after > most || one.before < 0 || one.after < 0)
      c.fail("strides and dilations from 1, pads from 0", "others");
    if (pad != "NOTSET" && pad != "VALID") {
      const std::int64_t out = (one.extent + one.stride - 1) / one.stride,
                         missing = std::max<std::int64_t>(0, (out - 1) * one.stride + one.reach() - one.extent);
      one.before = pad == "SAME_LOWER" ? missing - missing / 2 : missing / 2, one.after = missing - one.before;
    }
    const std::int64_t room = one.extent + one.before + one.after - one.reach();
    if (room < 0)
      c.fail("an input at least as long as the kernel", text_of(x.shape) + " and a kernel of " + text_of(kernel));
    one.outputs = (room + (ceil ? one.stride - 1 : 0)) / one.stride + 1;
    if (ceil && (one.outputs - 1) * one.stride >= one.extent + one.before)
      c.fail("a last window that begins before the input's end, as PyTorch and runtimes of ONNX disagree on another", "ceil_mode 1");
    axes.push_back(one);
  }
}

shape_t windows::shape(std::int64_t samples, std::int64_t channels) const {
  shape_t of{samples, channels};
  for (const axis& one : axes)
    of.push_back(one.outputs);
  return of;
}

} // namespace inlay::onnx
