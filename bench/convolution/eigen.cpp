#include "convolution/offer.hpp"

#include <Eigen/Core>

#include <algorithm>

namespace bench {
namespace {

/// The windows copied by hand into the columns of a matrix, and one product, every size known to the compiler. Channels
/// last, so that a line of a window is copied at once, and nothing is turned behind the product.
template <int Channels, int Size, int Outputs, int Kernel>
class im2col {
  static constexpr int out = Size - Kernel + 1, line = Kernel * Channels, depth = Kernel * line, windows = out * out;
  static constexpr image input{Channels, Size, Size}, output{Outputs, out, out};

public:
  explicit im2col(const image_task& task) {
    x_.resize(input.size());
    channels_last(input, task.x.data(), x_.data());
    for (int o = 0; o < Outputs; ++o) {
      b_(o) = task.parameters[static_cast<std::size_t>(Outputs * depth + o)];
      for (int c = 0; c < Channels; ++c)
        for (int t = 0; t < Kernel * Kernel; ++t)
          w_(o, t * Channels + c) = task.parameters[static_cast<std::size_t>((o * Channels + c) * Kernel * Kernel + t)];
    }
  }
  void call() noexcept {
    float* to = columns_.data();
    for (int h = 0; h < out; ++h)
      for (int w = 0; w < out; ++w)
        for (int i = 0; i < Kernel; ++i, to += line)
          std::copy_n(x_.data() + ((h + i) * Size + w) * Channels, line, to);
    y_.colwise() = b_;
    y_.noalias() += w_ * columns_;
  }
  std::vector<float> y() const {
    std::vector<float> all(output.size());
    channels_first(output, y_.data(), all.data());
    return all;
  }

private:
  std::vector<float> x_;
  Eigen::Matrix<float, Outputs, depth> w_;
  Eigen::Matrix<float, Outputs, 1> b_;
  Eigen::Matrix<float, depth, windows> columns_;
  Eigen::Matrix<float, Outputs, windows> y_;
};

template <int Channels, int Size, int Outputs, int Kernel>
struct offer {
  explicit offer(std::string begin) {
    image_libraries().push_back(
        {.name = "Eigen",
         .takes =
             [begin](const image_task& task) { return task.order == order::own && task.net.name.starts_with(begin); },
         .make =
             [](const image_task& task) { return contend<im2col<Channels, Size, Outputs, Kernel>>("Eigen", task); }});
  }
};

const offer<1, 28, 8, 5> first("28x28x1");
const offer<8, 12, 16, 3> second("12x12x8");
const offer<16, 14, 32, 3> third("14x14x16");
const offer<32, 16, 64, 3> fourth("16x16x32");

} // namespace
} // namespace bench
