#include "peer/offer.hpp"

#include <floatfann.h>

#include <algorithm>
#include <memory>

namespace bench {
namespace {

/// FANN computes sample by sample, and trains by rules of its own: only inference is compared.
class fann_net {
public:
  static constexpr const char* name = "FANN";
  static std::string version() { return "2.2"; } // its headers do not say; no other is packaged
  static std::string refusal(const topology& net) {
    for (const auto& a : net.activations)
      if (a != "identity" && a != "tanh" && a != "sigmoid") return "has no " + a;
    return {};
  }

  fann_net(const topology& net, std::span<const float> parameters, std::size_t)
      : inputs_(net.inputs()), outputs_(net.outputs()) {
    const std::vector<unsigned> widths(net.widths.begin(), net.widths.end());
    fann_.reset(fann_create_standard_array(static_cast<unsigned>(widths.size()), widths.data()));
    const float* w = parameters.data();
    float* to = fann_->weights; // of each neuron: its row of W, then its bias
    for (std::size_t l = 1; l <= net.depth(); ++l) {
      const auto out = net.widths[l], in = net.widths[l - 1];
      for (std::size_t o = 0; o < out; ++o) {
        to = std::copy_n(w + o * in, in, to);
        *to++ = w[out * in + o];
      }
      w += out * (in + 1);
      const auto& a = net.activations[l];
      const int layer = static_cast<int>(l);
      fann_set_activation_function_layer(fann_.get(),
                                         a == "tanh"      ? FANN_SIGMOID_SYMMETRIC
                                         : a == "sigmoid" ? FANN_SIGMOID
                                                          : FANN_LINEAR,
                                         layer);
      fann_set_activation_steepness_layer(fann_.get(), a == "sigmoid" ? 0.5f : 1.0f, layer);
    }
  }

  void infer(const float* x, float* y, std::size_t n) {
    for (std::size_t s = 0; s < n; ++s)
      std::copy_n(fann_run(fann_.get(), const_cast<float*>(x + s * inputs_)), outputs_,
                  y + s * outputs_); // x is only read
  }

private:
  struct destroy {
    void operator()(fann* f) const { fann_destroy(f); }
  };
  std::unique_ptr<fann, destroy> fann_;
  std::size_t inputs_, outputs_;
};

const offer<fann_net> here;

} // namespace
} // namespace bench
