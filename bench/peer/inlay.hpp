#pragma once

#include "net/topology.hpp"
#include "net/training.hpp"

#include <inlay/inlay.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace bench {

template <class Net>
class inlay_inference {
public:
  static constexpr const char* name = "inlay";
  static std::string version() { return "this checkout"; }

  inlay_inference(const topology&, std::span<const float> parameters, std::size_t) {
    inlay::set_parameters(net_, parameters.first<Net::parameter_count>());
  }
  void infer(const float* x, float* y) noexcept {
    net_(std::span<const float, Net::inputs>(x, Net::inputs), std::span<float, Net::outputs>(y, Net::outputs));
  }
  void infer(const float* x, float* y, std::size_t n) noexcept {
    using in = typename Net::input_type;
    using out = typename Net::output_type;
    net_(std::span(reinterpret_cast<const in*>(x), n), std::span(reinterpret_cast<out*>(y), n));
  }

private:
  Net net_{};
};

template <class Net>
class inlay_training {
public:
  static constexpr const char* name = "inlay";
  static std::string version() { return "this checkout"; }

  inlay_training(const topology&, std::span<const float> parameters, std::size_t) {
    inlay::set_parameters(net_, parameters.first<Net::parameter_count>());
  }
  void step(const float* x, const float* target) noexcept {
    inlay::train_step(net_, optimizer_, inlay::mean_squared_error{},
                      std::span<const float, Net::inputs>(x, Net::inputs),
                      std::span<const float, Net::outputs>(target, Net::outputs));
  }
  void step(const float* x, const float* target, std::size_t n) noexcept {
    using in = typename Net::input_type;
    using out = typename Net::output_type;
    inlay::train_step(net_, optimizer_, inlay::mean_squared_error{}, std::span(reinterpret_cast<const in*>(x), n),
                      std::span(reinterpret_cast<const out*>(target), n), gradient_);
  }
  std::vector<float> parameters() const {
    const auto all = inlay::get_parameters(net_);
    return {all.begin(), all.end()};
  }

private:
  Net net_{}, gradient_{};
  inlay::adam<Net> optimizer_{.options = {.learning_rate = adam::learning_rate}};
};

} // namespace bench
