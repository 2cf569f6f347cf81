#include "net/training.hpp"
#include "peer/offer.hpp"

// Its vector kernels, and that it starts no threads, are chosen before its first header.
#define CNN_SINGLE_THREAD
#if defined(__AVX__) && defined(__FMA__)
#define CNN_USE_AVX
#endif
#include <tiny_dnn/config.h>
#undef CNN_USE_GEMMLOWP // one package less: only its quantized layers use it
#include <tiny_dnn/tiny_dnn.h>

#include <algorithm>

namespace bench {
namespace {

class tiny_dnn_net {
public:
  static constexpr const char* name = "tiny-dnn";
  static std::string version() { return "1.0.0a3"; } // its headers do not say
  /// Its Adam advances the powers of β once for every tensor of parameters, not once a step: its steps are too small at
  /// first.
  static constexpr double training_tolerance = 1;
  static std::string refusal(const topology& net) {
    for (const auto& a : net.activations)
      if (a != "identity" && a != "relu" && a != "tanh" && a != "sigmoid") return "has no " + a;
    return {};
  }

  tiny_dnn_net(const topology& net, std::span<const float> parameters, std::size_t batch) : shape_(net) {
    for (std::size_t l = 1; l <= net.depth(); ++l) {
      const auto out = static_cast<tiny_dnn::serial_size_t>(net.widths[l]),
                 in = static_cast<tiny_dnn::serial_size_t>(net.widths[l - 1]);
      const auto& a = net.activations[l];
      if (a == "relu") net_ << tiny_dnn::fully_connected_layer<tiny_dnn::activation::relu>(in, out);
      else if (a == "tanh") net_ << tiny_dnn::fully_connected_layer<tiny_dnn::activation::tan_h>(in, out);
      else if (a == "sigmoid") net_ << tiny_dnn::fully_connected_layer<tiny_dnn::activation::sigmoid>(in, out);
      else net_ << tiny_dnn::fully_connected_layer<tiny_dnn::activation::identity>(in, out);
    }
    net_.init_weight();
    each_parameter(parameters.data(), [](float& theta, const float& p) { theta = p; });
    one_.resize(net.inputs());
    many_.assign(batch, {tiny_dnn::vec_t(net.inputs())});
    rows_.assign(batch, tiny_dnn::vec_t(net.inputs()));
    targets_.assign(batch, tiny_dnn::vec_t(net.outputs()));
    optimizer_.alpha = adam::learning_rate;
  }

  void infer(const float* x, float* y) {
    std::copy_n(x, one_.size(), one_.begin());
    const auto out = net_.predict(one_);
    std::copy(out.begin(), out.end(), y);
  }
  void infer(const float* x, float* y, std::size_t n) {
    for (std::size_t s = 0; s < n; ++s) std::copy_n(x + s * shape_.inputs(), shape_.inputs(), many_[s][0].begin());
    for (const auto& out : net_.predict(many_)) y = std::copy(out[0].begin(), out[0].end(), y);
  }
  void step(const float* x, const float* target, std::size_t n) {
    for (std::size_t s = 0; s < n; ++s) {
      std::copy_n(x + s * shape_.inputs(), shape_.inputs(), rows_[s].begin());
      std::copy_n(target + s * shape_.outputs(), shape_.outputs(), targets_[s].begin());
    }
    net_.fit<tiny_dnn::mse>(
        optimizer_, rows_, targets_, n, 1, [] {}, [] {}, false, 1);
  }
  std::vector<float> parameters() const {
    std::vector<float> all(shape_.parameter_count());
    const_cast<tiny_dnn_net*>(this)->each_parameter(all.data(), [](const float& theta, float& p) { p = theta; });
    return all;
  }

private:
  /// f(its, ours) for each. It has W as [in][out]; ours are in canonical order.
  template <class P, class F>
  void each_parameter(P* ours, F f) {
    for (std::size_t l = 1; l <= shape_.depth(); ++l) {
      const auto out = shape_.widths[l], in = shape_.widths[l - 1];
      const auto theta = net_[l - 1]->weights();
      for (std::size_t o = 0; o < out; ++o)
        for (std::size_t i = 0; i < in; ++i) f((*theta[0])[i * out + o], *ours++);
      for (std::size_t o = 0; o < out; ++o) f((*theta[1])[o], *ours++);
    }
  }

  topology shape_;
  tiny_dnn::network<tiny_dnn::sequential> net_;
  tiny_dnn::adam optimizer_;
  tiny_dnn::vec_t one_;
  std::vector<tiny_dnn::tensor_t> many_;
  std::vector<tiny_dnn::vec_t> rows_, targets_;
};

const offer<tiny_dnn_net> here;

} // namespace
} // namespace bench
