#include "peer/eigen_layer.hpp"
#include "peer/offer.hpp"

namespace bench {
namespace {

/// The layers of a net for one sample a call (vectors) or for several (matrices).
template <int Samples>
class eigen_layers {
public:
  using layer = eigen_layer<Eigen::Dynamic, Eigen::Dynamic, Samples>;
  using input = Eigen::Map<const typename layer::inputs>;

  eigen_layers(const topology& net, const float* parameters, std::size_t batch) {
    for (std::size_t l = 1; l <= net.depth(); ++l) {
      const auto out = net.widths[l], in = net.widths[l - 1];
      layers_.emplace_back(out, in, batch, parameters);
      parameters += out * (in + 1);
      activations_.push_back(eigen_activation_called(net.activations[l]));
    }
  }

  const typename layer::outputs& infer(const input& x) {
    return forward(x, [](auto sigma, layer& here, const auto& below) { here.template infer<decltype(sigma)>(below); });
  }

  void step(const input& x, const Eigen::Map<const typename layer::outputs>& target) {
    const auto& y =
        forward(x, [](auto sigma, layer& here, const auto& below) { here.template record<decltype(sigma)>(below); });
    layers_.back().delta = (y - target) * (2.0f / static_cast<float>(target.size()));
    for (std::size_t l = layers_.size(); l-- > 0;) {
      with_eigen_activation(activations_[l], [&](auto sigma) { layers_[l].template through<decltype(sigma)>(); });
      if (l > 0)
        layers_[l].accumulate(layers_[l - 1].a), layers_[l].transposed(layers_[l - 1].delta);
      else
        layers_[l].accumulate(x);
    }
    power1_ *= adam::beta1, power2_ *= adam::beta2;
    for (auto& layer : layers_) {
      layer.w.step(1 - power1_, 1 - power2_);
      layer.b.step(1 - power1_, 1 - power2_);
    }
  }

  void save(float* parameters) const {
    for (const auto& layer : layers_)
      parameters = layer.save(parameters);
  }

private:
  /// f(activation, layer, its input) for each layer in turn.
  template <class F>
  const typename layer::outputs& forward(const input& x, F f) {
    for (std::size_t l = 0; l < layers_.size(); ++l)
      with_eigen_activation(activations_[l], [&](auto sigma) {
        if (l == 0)
          f(sigma, layers_[0], x);
        else
          f(sigma, layers_[l], layers_[l - 1].a);
      });
    return layers_.back().a;
  }

  std::vector<layer> layers_;
  std::vector<std::size_t> activations_; // their numbers in eigen_activations
  float power1_ = 1, power2_ = 1;
};

class eigen_dynamic {
public:
  static constexpr const char* name = "Eigen dynamic";
  static std::string version() { return eigen_version(); }
  static std::string refusal(const topology& net) {
    for (const auto& a : net.activations)
      if (eigen_activation_called(a) == eigen_activation_count)
        return "has no " + a;
    return {};
  }

  eigen_dynamic(const topology& net, std::span<const float> parameters, std::size_t batch)
      : inputs_(static_cast<Eigen::Index>(net.inputs())), outputs_(static_cast<Eigen::Index>(net.outputs())),
        batch_(static_cast<Eigen::Index>(batch)), count_(net.parameter_count()), one_(net, parameters.data(), 1),
        many_(net, parameters.data(), batch) {}

  void infer(const float* x, float* y) { Eigen::Map<Eigen::VectorXf>(y, outputs_) = one_.infer({x, inputs_}); }
  void infer(const float* x, float* y, std::size_t) {
    Eigen::Map<Eigen::MatrixXf>(y, outputs_, batch_) = many_.infer({x, inputs_, batch_});
  }
  void step(const float* x, const float* target) { one_.step({x, inputs_}, {target, outputs_}); }
  void step(const float* x, const float* target, std::size_t) {
    many_.step({x, inputs_, batch_}, {target, outputs_, batch_});
  }
  std::vector<float> parameters() const {
    std::vector<float> all(count_);
    if (batch_ == 1)
      one_.save(all.data());
    else
      many_.save(all.data());
    return all;
  }

private:
  Eigen::Index inputs_, outputs_, batch_;
  std::size_t count_;
  eigen_layers<1> one_;
  eigen_layers<Eigen::Dynamic> many_;
};

const offer<eigen_dynamic> here;

} // namespace
} // namespace bench
