#include "convolution/offer.hpp"

#include <inlay/inlay.hpp>

#include <algorithm>

namespace bench {
namespace {

/// The net as its user calls it.
template <class Net>
class outside {
public:
  explicit outside(const image_task& task) : xs_(task.n), ys_(task.n) {
    inlay::set_parameters(net_, std::span<const float>(task.parameters).first<Net::parameter_count>());
    for (std::size_t s = 0; s < task.n; ++s)
      std::copy_n(task.x.data() + s * Net::inputs, Net::inputs, xs_[s].data());
  }
  void call() noexcept {
    if (xs_.size() == 1)
      net_(xs_[0], ys_[0]);
    else
      net_(xs_, ys_);
  }
  std::vector<float> y() const {
    std::vector<float> all;
    for (const auto& y : ys_)
      all.insert(all.end(), y.begin(), y.end());
    return all;
  }

private:
  Net net_{};
  std::vector<typename Net::input_type> xs_;
  std::vector<typename Net::output_type> ys_;
};

/// Its only layer as it is called inside of a net: channels last.
template <class Net>
class inside {
  using layer = typename Net::topology::template layer<1>;
  using input = inlay::block<float, 1, Net::inputs>;
  using input_rows = inlay::rows<const float, 1, Net::inputs, input::stride>;

public:
  explicit inside(const image_task& task) : in_(task.net.input), out_(task.net.images().back()) {
    inlay::set_parameters(net_, std::span<const float>(task.parameters).first<Net::parameter_count>());
    channels_last(in_, task.x.data(), x_.data);
  }
  void call() noexcept {
    typename inlay::chain<typename Net::topology>::template trace<input_rows, false> trace;
    layer::forward(net_.theta().template first<layer::storage>(), trace.head, input_rows{x_.data, 1}, y_.view(1));
  }
  std::vector<float> y() const {
    std::vector<float> all(Net::outputs);
    channels_first(out_, y_.data, all.data());
    return all;
  }

private:
  Net net_{};
  input x_;
  inlay::block<float, 1, Net::outputs> y_;
  image in_, out_;
};

/// A static object of this type adds a net to what inlay takes: the one whose name begins so.
template <class Input, class... Layers>
struct offer {
  explicit offer(std::string begin) {
    using net_t = inlay::network<Input, Layers...>;
    image_libraries().push_back({.name = "inlay",
                                 .takes = [begin](const image_task& task) { return task.net.name.starts_with(begin); },
                                 .make =
                                     [](const image_task& task) {
                                       if constexpr (sizeof...(Layers) == 1)
                                         if (task.order == order::own)
                                           return contend<inside<net_t>>("inlay", task);
                                       return contend<outside<net_t>>("inlay", task);
                                     }});
  }
};

using namespace inlay;
const offer<input<1, 28, 28>, conv2d<8, 5, 5>> first("28x28x1");
const offer<input<8, 12, 12>, conv2d<16, 3, 3>> second("12x12x8");
const offer<input<16, 14, 14>, conv2d<32, 3, 3>> third("14x14x16");
const offer<input<32, 16, 16>, conv2d<64, 3, 3>> fourth("16x16x32");
const offer<input<1, 28, 28>, conv2d<8, 5, 5, relu>, max_pool2d<2>, conv2d<16, 3, 3, relu>, max_pool2d<2>, dense<10>>
    digits("MNIST");
const offer<input<1536>, dense<32>, layer_norm<>, activation<relu>, dense<32>, layer_norm<>, activation<relu>,
            dense<1, sigmoid>>
    wake_word("P1");

} // namespace
} // namespace bench
