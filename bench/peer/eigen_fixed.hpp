#pragma once

#include "net/topology.hpp"
#include "peer/eigen_layer.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace bench {

/// The same net with every size known to the compiler but the number of samples in a batch.
template <std::size_t... Widths>
struct eigen_widths {
  static constexpr std::array<std::size_t, sizeof...(Widths)> value{Widths...};
};

template <class Widths, int Samples, class... Activations>
class eigen_fixed_layers {
  static constexpr std::size_t depth = sizeof...(Activations);
  static constexpr int width(std::size_t l) { return static_cast<int>(Widths::value[l]); }
  template <std::size_t l>
  using activation = std::tuple_element_t<l - 1, std::tuple<Activations...>>;

public:
  template <std::size_t l>
  using layer = eigen_layer<width(l), width(l - 1), Samples>;
  using input = Eigen::Map<const typename layer<1>::inputs>;
  using target = Eigen::Map<const typename layer<depth>::outputs>;

  eigen_fixed_layers(const float* parameters, std::size_t batch)
      : eigen_fixed_layers(parameters, batch, std::make_index_sequence<depth>()) {}

  template <std::size_t l = 1>
  const auto& infer(const input& x) {
    auto& here = std::get<l - 1>(layers_);
    if constexpr (l == 1)
      here.template infer<activation<l>>(x);
    else
      here.template infer<activation<l>>(std::get<l - 2>(layers_).a);
    if constexpr (l == depth)
      return here.a;
    else
      return infer<l + 1>(x);
  }

  void step(const input& x, const target& t) {
    std::get<depth - 1>(layers_).delta = (record(x) - t) * (2.0f / static_cast<float>(t.size()));
    backward<depth>(x);
    power1_ *= adam::beta1, power2_ *= adam::beta2;
    std::apply(
        [&](auto&... layer) {
          ((layer.w.step(1 - power1_, 1 - power2_), layer.b.step(1 - power1_, 1 - power2_)), ...);
        },
        layers_);
  }

  void save(float* parameters) const {
    std::apply([&](const auto&... layer) { ((parameters = layer.save(parameters)), ...); }, layers_);
  }

private:
  template <std::size_t... i>
  eigen_fixed_layers(const float* parameters, std::size_t batch, std::index_sequence<i...>)
      : layers_{layer<i + 1>(Widths::value[i + 1], Widths::value[i], batch, parameters + offset(i + 1))...} {}

  static constexpr std::size_t offset(std::size_t l) {
    std::size_t sum = 0;
    for (std::size_t k = 1; k < l; ++k)
      sum += Widths::value[k] * (Widths::value[k - 1] + 1);
    return sum;
  }
  template <std::size_t l = 1>
  const auto& record(const input& x) {
    auto& here = std::get<l - 1>(layers_);
    if constexpr (l == 1)
      here.template record<activation<l>>(x);
    else
      here.template record<activation<l>>(std::get<l - 2>(layers_).a);
    if constexpr (l == depth)
      return here.a;
    else
      return record<l + 1>(x);
  }
  template <std::size_t l>
  void backward(const input& x) {
    auto& here = std::get<l - 1>(layers_);
    here.template through<activation<l>>();
    if constexpr (l == 1)
      here.accumulate(x);
    else {
      auto& below = std::get<l - 2>(layers_);
      here.accumulate(below.a);
      here.transposed(below.delta);
      backward<l - 1>(x);
    }
  }
  template <class>
  struct layers;
  template <std::size_t... i>
  struct layers<std::index_sequence<i...>> {
    using type = std::tuple<layer<i + 1>...>;
  };

  typename layers<std::make_index_sequence<depth>>::type layers_;
  float power1_ = 1, power2_ = 1;
};

template <class Widths, class... Activations>
class eigen_fixed {
public:
  static constexpr const char* name = "Eigen fixed";
  static std::string version() { return eigen_version(); }

  eigen_fixed(const topology& net, std::span<const float> parameters, std::size_t batch)
      : batch_(static_cast<Eigen::Index>(batch)), count_(net.parameter_count()), one_(parameters.data(), 1),
        many_(parameters.data(), batch) {}

protected:
  using one = eigen_fixed_layers<Widths, 1, Activations...>;
  using many = eigen_fixed_layers<Widths, Eigen::Dynamic, Activations...>;
  static constexpr int inputs = static_cast<int>(Widths::value.front()),
                       outputs = static_cast<int>(Widths::value.back());

  Eigen::Index batch_;
  std::size_t count_;
  one one_;
  many many_;
};

template <class... Net>
class eigen_fixed_inference : eigen_fixed<Net...> {
  using base = eigen_fixed<Net...>;

public:
  using base::base, base::name, base::version;
  void infer(const float* x, float* y) {
    Eigen::Map<Eigen::Matrix<float, base::outputs, 1>>{y} = this->one_.infer(typename base::one::input(x));
  }
  void infer(const float* x, float* y, std::size_t) {
    Eigen::Map<Eigen::Matrix<float, base::outputs, Eigen::Dynamic>>(y, base::outputs, this->batch_) =
        this->many_.infer(typename base::many::input(x, base::inputs, this->batch_));
  }
};

template <class... Net>
class eigen_fixed_training : eigen_fixed<Net...> {
  using base = eigen_fixed<Net...>;

public:
  using base::base, base::name, base::version;
  void step(const float* x, const float* target) {
    this->one_.step(typename base::one::input(x), typename base::one::target(target));
  }
  void step(const float* x, const float* target, std::size_t) {
    this->many_.step(typename base::many::input(x, base::inputs, this->batch_),
                     typename base::many::target(target, base::outputs, this->batch_));
  }
  std::vector<float> parameters() const {
    std::vector<float> all(this->count_);
    if (this->batch_ == 1)
      this->one_.save(all.data());
    else
      this->many_.save(all.data());
    return all;
  }
};

} // namespace bench
