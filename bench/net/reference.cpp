#include "net/reference.hpp"

#include "net/training.hpp"

#include <inlay/activation/all.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <stdexcept>

namespace bench {
namespace {

using function = double (*)(double);

/// inlay's formulas in double precision, which its tests hold to PyTorch's; of an approximation what it approximates.
const std::map<std::string, function> functions = [] {
  std::map<std::string, function> all;
  inlay::for_each_activation([&]<class Activation>() {
    if constexpr (inlay::elementwise_activation<Activation, double>)
      all[Activation::described.name] = [](double z) { return Activation::at(z).value; };
  });
  for (auto& [name, f] : all)
    if (name.starts_with("fast_")) f = all.at(name.substr(5));
  return all;
}();

/// σ′ by central differences of the exact function, but for a kink: there its two sides have what they have.
double derivative(const std::string& name, double z) {
  const auto f = functions.at(name);
  const double h = 1e-6;
  if (name == "relu") return z > 0;
  return (f(z + h) - f(z - h)) / (2 * h);
}

/// σ(z) of a row: of each element by itself, or softmax and its logarithm.
std::vector<double> activate(const std::string& name, const std::vector<double>& z) {
  std::vector<double> a(z.size());
  if (!name.ends_with("softmax")) {
    std::ranges::transform(z, a.begin(), functions.at(name));
    return a;
  }
  const double most = std::ranges::max(z);
  double sum = 0;
  for (const double z_i : z) sum += std::exp(z_i - most);
  std::ranges::transform(z, a.begin(), [&](double z_i) { return z_i - most - std::log(sum); });
  if (name == "softmax")
    for (auto& a_i : a) a_i = std::exp(a_i);
  return a;
}

/// ∇z from ∇a. Of softmax ∂a_i/∂z_j = a_i ([i = j] − a_j), of its logarithm [i = j] − softmax_j.
std::vector<double> through(const std::string& name, const std::vector<double>& z, const std::vector<double>& grad_a) {
  std::vector<double> grad_z(z.size());
  if (!name.ends_with("softmax")) {
    for (std::size_t i = 0; i < z.size(); ++i) grad_z[i] = grad_a[i] * derivative(name, z[i]);
    return grad_z;
  }
  const auto p = activate("softmax", z);
  for (std::size_t j = 0; j < z.size(); ++j)
    for (std::size_t i = 0; i < z.size(); ++i)
      grad_z[j] += grad_a[i] * (name == "softmax" ? p[i] : 1) * ((i == j) - p[j]);
  return grad_z;
}

} // namespace

reference::reference(const topology& net, std::span<const float> parameters)
    : net_(net), theta_(parameters.begin(), parameters.end()), mean_(theta_.size()), square_(theta_.size()) {}

std::vector<double> reference::infer(const float* x) const {
  std::vector<double> a(x, x + net_.inputs());
  const double* w = theta_.data();
  for (std::size_t l = 1; l <= net_.depth(); ++l) {
    const std::size_t out = net_.widths[l], in = net_.widths[l - 1];
    const double* b = w + out * in;
    std::vector<double> z(b, b + out);
    for (std::size_t o = 0; o < out; ++o)
      for (std::size_t i = 0; i < in; ++i) z[o] += w[o * in + i] * a[i];
    a = activate(net_.activations[l], z);
    w = b + out;
  }
  return a;
}

void reference::step(const float* x, const float* target, std::size_t n) {
  const std::size_t depth = net_.depth();
  std::vector<double> gradient(theta_.size());
  std::vector<std::vector<double>> a(depth + 1), z(depth + 1);
  for (std::size_t s = 0; s < n; ++s, x += net_.inputs(), target += net_.outputs()) {
    a[0].assign(x, x + net_.inputs());
    std::size_t at = 0;
    for (std::size_t l = 1; l <= depth; ++l) {
      const std::size_t out = net_.widths[l], in = net_.widths[l - 1];
      z[l].assign(out, 0);
      for (std::size_t o = 0; o < out; ++o) {
        z[l][o] = theta_[at + out * in + o];
        for (std::size_t i = 0; i < in; ++i) z[l][o] += theta_[at + o * in + i] * a[l - 1][i];
      }
      a[l] = activate(net_.activations[l], z[l]);
      at += out * (in + 1);
    }
    std::vector<double> grad_a(net_.outputs());
    for (std::size_t o = 0; o < grad_a.size(); ++o)
      grad_a[o] = 2 * (a[depth][o] - static_cast<double>(target[o])) / static_cast<double>(n * net_.outputs());
    for (std::size_t l = depth; l >= 1; --l) {
      const std::size_t out = net_.widths[l], in = net_.widths[l - 1];
      at -= out * (in + 1);
      std::vector<double> below(in);
      const auto grad_z = through(net_.activations[l], z[l], grad_a);
      for (std::size_t o = 0; o < out; ++o) {
        for (std::size_t i = 0; i < in; ++i) {
          gradient[at + o * in + i] += grad_z[o] * a[l - 1][i];
          below[i] += grad_z[o] * theta_[at + o * in + i];
        }
        gradient[at + out * in + o] += grad_z[o];
      }
      grad_a = std::move(below);
    }
  }
  const double beta1 = static_cast<double>(adam::beta1), beta2 = static_cast<double>(adam::beta2);
  power1_ *= beta1, power2_ *= beta2;
  for (std::size_t k = 0; k < theta_.size(); ++k) {
    mean_[k] = beta1 * mean_[k] + (1 - beta1) * gradient[k];
    square_[k] = beta2 * square_[k] + (1 - beta2) * gradient[k] * gradient[k];
    theta_[k] -= static_cast<double>(adam::learning_rate) * mean_[k] / (1 - power1_) /
                 (std::sqrt(square_[k] / (1 - power2_)) + static_cast<double>(adam::epsilon));
  }
}

double tolerance(const topology& net) {
  for (const auto& name : net.activations)
    if (name.starts_with("fast_")) return 1e-2;
  return 1e-4;
}

std::vector<float> draw(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<float> numbers(count);
  for (auto& x : numbers) x = static_cast<float>(random() >> 8) * 0x1p-23f - 1;
  return numbers;
}

std::vector<float> draw_parameters(const topology& net) {
  auto parameters = draw(net.parameter_count(), 1);
  auto at = parameters.begin();
  for (std::size_t l = 1; l <= net.depth(); ++l) {
    const auto out = net.widths[l], in = net.widths[l - 1];
    const double bound = net.activations[l] == "relu" ? std::sqrt(6.0 / static_cast<double>(in))
                                                      : std::sqrt(6.0 / static_cast<double>(in + out));
    for (std::size_t k = 0; k < out * in; ++k) *at++ *= static_cast<float>(bound);
    for (std::size_t o = 0; o < out; ++o) *at++ *= 0.1f;
  }
  return parameters;
}

} // namespace bench
