#include "recognize/windows.hpp"

#include "recognize/layers.hpp"
#include "recognize/order.hpp"

#include "inlay/io/detail/text.hpp"

#include <numeric>

namespace inlay::onnx {

std::vector<std::size_t> layer_windows::output(std::size_t channels) const {
  return image() ? std::vector{channels, outputs.h, outputs.w} : std::vector{channels, outputs.w};
}

layer_windows windows_of(const follower& here, const node& of, const windows& found) {
  using axis = windows::axis;
  const auto nothing = [](const axis& one) { return one.extent == 1 && one.kernel == 1 && one.before == 0 && one.after == 0; };
  axis h, w = found.axes.back();
  bool image = false;
  if (found.axes.size() == 2) {
    h = found.axes[0];
    image = here.image || (!nothing(h) && !nothing(w));
    if (!image && nothing(w))
      std::swap(h, w);
  }
  const auto size = [](std::int64_t one) { return static_cast<std::size_t>(one); };
  const auto both = [&](std::int64_t axis::* member) { return sizes{size(h.*member), size(w.*member)}; };
  if (h.kernel == 1)
    h.dilation = 1;
  if (w.kernel == 1)
    w.dilation = 1;
  layer_windows of_layer{.input = {size(here.value(here.current).shape[1])},
                         .kernel = both(&axis::kernel),
                         .stride = both(&axis::stride),
                         .dilation = both(&axis::dilation),
                         .outputs = both(&axis::outputs),
                         .padding = before_after(both(&axis::before), both(&axis::after))};
  if (image)
    of_layer.input.push_back(size(h.extent));
  of_layer.input.push_back(size(w.extent));
  if (io::detail::size_of(of_layer.input) * here.samples != here.where.size())
    here.fail(of, "samples along the first axis", text_of(here.value(here.current).shape));
  return of_layer;
}

void put_channels_first(follower& here, const node& of, const layer_windows& found, std::vector<step>& into) {
  const auto in_order = [&] {
    for (std::size_t at = 0; at < here.where.size(); ++at)
      if (here.where[at] != at)
        return false;
    return here.where.size() == here.samples * here.features;
  };
  const bool moved = !in_order();
  if (!put_in_order(here, of.title(), into) || !in_order())
    here.fail(of, "a sample as " + io::detail::text_of(found.input) + ", channels first, or its transpose",
              "its elements in another order");
  begin_with(here, found.input, into);
  if (!moved)
    return;
  step image{step::kind::layer, of.title()};
  image.layer = make_reshape(found.input);
  into.push_back(std::move(image));
}

void add_windows(follower& here, const node& of, const layer_windows& found, step one, std::vector<step>& into) {
  into.push_back(std::move(one));
  const tensor& y = here.value(of.outputs[0]);
  here.where.resize(y.size());
  std::iota(here.where.begin(), here.where.end(), std::size_t{0});
  here.features = y.size() / here.samples;
  here.image = found.image();
  here.move_on(of);
}

} // namespace inlay::onnx
