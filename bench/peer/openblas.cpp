#include "net/training.hpp"
#include "peer/offer.hpp"

#include <openblas-pthread/cblas.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace bench {
namespace {

/// A net as one writes it by hand on a BLAS: a matrix product for each layer, loops that the compiler vectorizes for
/// the rest.
class openblas {
public:
  static constexpr const char* name = "OpenBLAS";
  static std::string version() { // "OpenBLAS 0.3.21 DYNAMIC_ARCH ..."
    const std::string config = openblas_get_config();
    const auto begin = config.find(' ') + 1;
    return config.substr(begin, config.find(' ', begin) - begin) + ", " + openblas_get_corename();
  }
  static std::string refusal(const topology& net) {
    for (const auto& a : net.activations)
      if (a != "identity" && a != "relu" && a != "tanh" && a != "sigmoid") return "has no " + a;
    return {};
  }

  openblas(const topology& net, std::span<const float> parameters, std::size_t batch)
      : theta_(parameters.begin(), parameters.end()), gradient_(theta_.size()), mean_(theta_.size()),
        square_(theta_.size()) {
    openblas_set_num_threads(1);
    std::size_t at = 0;
    for (std::size_t l = 1; l <= net.depth(); ++l) {
      const auto out = net.widths[l], in = net.widths[l - 1];
      const auto& a = net.activations[l];
      layers_.push_back({static_cast<int>(out), static_cast<int>(in), at, a.front(), std::vector<float>(out * batch),
                         std::vector<float>(out * batch)});
      at += out * (in + 1);
    }
  }

  void infer(const float* x, float* y) { infer(x, y, 1); }
  void infer(const float* x, float* y, std::size_t n) {
    forward(x, n);
    std::memcpy(y, layers_.back().a.data(), layers_.back().a.size() * sizeof(float));
  }

  void step(const float* x, const float* target) { step(x, target, 1); }
  void step(const float* x, const float* target, std::size_t n) {
    forward(x, n);
    auto& last = layers_.back();
    const float scale = 2 / static_cast<float>(last.a.size());
    for (std::size_t k = 0; k < last.a.size(); ++k) last.delta[k] = (last.a[k] - target[k]) * scale;
    const int rows = static_cast<int>(n);
    for (std::size_t l = layers_.size(); l-- > 0;) {
      auto& here = layers_[l];
      through_activation(here);
      const float* below = l > 0 ? layers_[l - 1].a.data() : x;
      float* grad_w = gradient_.data() + here.offset;
      float* grad_b = grad_w + here.out * here.in;
      cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, here.out, here.in, rows, 1, here.delta.data(), here.out,
                  below, here.in, 0, grad_w, here.in);
      std::copy_n(here.delta.data(), here.out, grad_b);
      for (int s = 1; s < rows; ++s)
        for (int o = 0; o < here.out; ++o) grad_b[o] += here.delta[static_cast<std::size_t>(s * here.out + o)];
      if (l > 0)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, here.in, here.out, 1, here.delta.data(), here.out,
                    theta_.data() + here.offset, here.in, 0, layers_[l - 1].delta.data(), here.in);
    }
    update();
  }
  std::vector<float> parameters() const { return theta_; }

private:
  struct layer {
    int out, in;
    std::size_t offset; // of its parameters: W row-major [out][in], then b
    char activation;    // the first letter of its name
    std::vector<float> a, delta;
  };

  void forward(const float* x, std::size_t n) {
    for (auto& l : layers_) {
      const float* w = theta_.data() + l.offset;
      const float* b = w + l.out * l.in;
      for (std::size_t s = 0; s < n; ++s) std::copy_n(b, l.out, l.a.data() + s * static_cast<std::size_t>(l.out));
      if (n == 1) cblas_sgemv(CblasRowMajor, CblasNoTrans, l.out, l.in, 1, w, l.in, x, 1, 1, l.a.data(), 1);
      else
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, static_cast<int>(n), l.out, l.in, 1, x, l.in, w, l.in, 1,
                    l.a.data(), l.out);
      if (l.activation == 'r')
        for (float& a : l.a) a = std::max(a, 0.0f);
      else if (l.activation == 't')
        for (float& a : l.a) a = std::tanh(a);
      else if (l.activation == 's')
        for (float& a : l.a) a = 1 / (1 + std::exp(-a));
      x = l.a.data();
    }
  }
  static void through_activation(layer& l) {
    for (std::size_t k = 0; k < l.a.size(); ++k) {
      const float a = l.a[k];
      if (l.activation == 'r') l.delta[k] = a > 0 ? l.delta[k] : 0;
      else if (l.activation == 't') l.delta[k] *= 1 - a * a;
      else if (l.activation == 's') l.delta[k] *= a * (1 - a);
    }
  }
  void update() {
    power1_ *= adam::beta1, power2_ *= adam::beta2;
    const float rate = adam::learning_rate / (1 - power1_), correction = 1 / (1 - power2_);
    float *w = theta_.data(), *m = mean_.data(), *v = square_.data();
    const float* g = gradient_.data();
    for (std::size_t k = 0; k < theta_.size(); ++k) {
      m[k] = adam::beta1 * m[k] + (1 - adam::beta1) * g[k];
      v[k] = adam::beta2 * v[k] + (1 - adam::beta2) * g[k] * g[k];
      w[k] -= rate * m[k] / (std::sqrt(v[k] * correction) + adam::epsilon);
    }
  }

  std::vector<float> theta_, gradient_, mean_, square_;
  std::vector<layer> layers_;
  float power1_ = 1, power2_ = 1;
};

const offer<openblas> here;

} // namespace
} // namespace bench
