#pragma once

#include "net/training.hpp"
#include "peer/offer.hpp"

#include <dlib/dnn.h>
#include <dlib/revision.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace bench {

// The activations of a net are part of its type in dlib, its widths are not: fc<> may be resized before its first call.
struct dlib_relu {
  static constexpr const char* name = "relu";
  template <class Below>
  using on = dlib::relu<Below>;
};
struct dlib_tanh {
  static constexpr const char* name = "tanh";
  template <class Below>
  using on = dlib::htan<Below>;
};
struct dlib_sigmoid {
  static constexpr const char* name = "sigmoid";
  template <class Below>
  using on = dlib::sig<Below>;
};
struct dlib_identity {
  static constexpr const char* name = "identity";
  template <class Below>
  using on = Below;
};

template <class Below, class... Activations>
struct dlib_stack {
  using type = Below;
};
template <class Below, class First, class... Rest>
struct dlib_stack<Below, First, Rest...> {
  using type = typename dlib_stack<typename First::template on<dlib::fc<1, Below>>, Rest...>::type;
};

template <class... Activations>
class dlib_net {
public:
  static constexpr const char* name = "dlib";
  static std::string version() { return std::to_string(DLIB_MAJOR_VERSION) + '.' + std::to_string(DLIB_MINOR_VERSION); }

  static bool compiled(const topology& net) {
    const std::vector<std::string> compiled{Activations::name...};
    return std::equal(compiled.begin(), compiled.end(), net.activations.begin() + 1, net.activations.end());
  }

  dlib_net(const topology& net, std::span<const float> parameters, std::size_t batch)
      : shape_(net), labels_(batch), solvers_(type::num_computational_layers, dlib::adam(0, adam::beta1, adam::beta2)) {
    for (auto& label : labels_) label.set_size(static_cast<long>(net.outputs()), 1);
    each_layer([&](auto& fc, std::size_t l) { fc.set_num_outputs(static_cast<long>(net.widths[l])); });
    const std::vector<dlib::matrix<float>> zeros(batch, dlib::zeros_matrix<float>(static_cast<long>(net.inputs()), 1));
    net_.subnet().to_tensor(zeros.begin(), zeros.end(), x_); // tells every layer that there is one row for each sample
    net_.subnet().forward(x_);                               // allocates
    transfer(parameters.data(), [](float& theta, const float& p) { theta = p; });
  }

  void infer(const float* x, float* y, std::size_t) {
    std::copy_n(x, x_.size(), x_.host_write_only());
    const auto& out = net_.subnet().forward(x_);
    std::copy_n(out.host(), out.size(), y);
  }
  void step(const float* x, const float* target, std::size_t n) {
    std::copy_n(x, x_.size(), x_.host_write_only());
    for (std::size_t s = 0; s < n; ++s)
      std::copy_n(target + s * shape_.outputs(), shape_.outputs(), labels_[s].begin());
    net_.compute_parameter_gradients(x_, labels_.begin());
    net_.update_parameters(dlib::make_sstack(solvers_), static_cast<double>(adam::learning_rate));
  }

  std::vector<float> parameters() const {
    std::vector<float> all(shape_.parameter_count());
    const_cast<dlib_net*>(this)->transfer(all.data(), [](const float& theta, float& p) { p = theta; });
    return all;
  }

private:
  using type =
      dlib::loss_mean_squared_multioutput<typename dlib_stack<dlib::input<dlib::matrix<float>>, Activations...>::type>;

  /// f(layer, l) for each fc<>, from the last to the first.
  template <class F>
  void each_layer(F f) {
    std::size_t l = shape_.depth();
    dlib::visit_layers(net_, [&](std::size_t, auto& layer) {
      if constexpr (requires { layer.layer_details().get_weights(); }) f(layer.layer_details(), l--);
    });
  }
  /// f(dlib's, ours) for each parameter. dlib has W as [in][out], then b; ours are in canonical order.
  template <class P, class F>
  void transfer(P* ours, F f) {
    ours += shape_.parameter_count();
    each_layer([&](auto& fc, std::size_t l) {
      const auto out = shape_.widths[l], in = shape_.widths[l - 1];
      ours -= out * (in + 1);
      float* theta = fc.get_layer_params().host();
      for (std::size_t o = 0; o < out; ++o) {
        for (std::size_t i = 0; i < in; ++i) f(theta[i * out + o], ours[o * in + i]);
        f(theta[in * out + o], ours[out * in + o]);
      }
    });
  }

  topology shape_;
  dlib::resizable_tensor x_;
  std::vector<dlib::matrix<float>> labels_;
  std::vector<dlib::adam> solvers_;
  type net_;
};

} // namespace bench
