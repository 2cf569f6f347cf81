// A net, its losses and its gradients against PyTorch: the one comparison that widths, deep nets and conv1d
// share.
#pragma once

#include "agreement.hpp"

#include <inlay/inlay.hpp>

#include <memory>

namespace pytorch {

/// In units of 2^-12, as in generate.py, so that they sum to one exactly.
template <class Array>
Array probabilities(const Array& u) {
  using T = typename Array::value_type;
  Array p{};
  double rest = 4096;
  for (std::size_t i = 0; i + 1 < p.size(); ++i) {
    const double part = std::floor(rest * (static_cast<double>(u[i]) + 1) / 2);
    p[i] = static_cast<T>(part / 4096);
    rest -= part;
  }
  p.back() = static_cast<T>(rest / 4096);
  return p;
}

/// Nets and gradients live on the heap here: 784 x 784 doubles are 4.9 MB, a thread's stack is 8.
template <class Net>
class comparison {
public:
  using T = typename Net::scalar;
  using input_type = typename Net::input_type;
  using output_type = typename Net::output_type;

  comparison(std::string name, std::span<const quantity> expected, std::size_t count, double scale)
      : name_{std::move(name)}, expected_{expected}, parameters_{numbers<T>(name_ + " parameters",
                                                                            Net::parameter_count, scale)},
        xs_{samples<input_type>(name_ + " inputs", count)}, net_{std::make_unique<Net>()} {
    inlay::set_parameters(*net_, std::span<const T, Net::parameter_count>{parameters_});
  }

  const Net& net() const { return *net_; }
  const std::vector<T>& parameters() const { return parameters_; }

  /// net(x), net(x, y) and net(xs, ys).
  void outputs() const {
    std::vector<T> one_by_one, into_memory;
    for (const input_type& x : xs_) {
      const output_type y = net()(x);
      one_by_one.insert(one_by_one.end(), y.begin(), y.end());
      output_type z{};
      net()(x, z);
      into_memory.insert(into_memory.end(), z.begin(), z.end());
    }
    std::vector<output_type> ys(xs_.size());
    net()(std::span<const input_type>{xs_}, std::span<output_type>{ys});
    std::vector<T> batch;
    for (const output_type& y : ys)
      batch.insert(batch.end(), y.begin(), y.end());

    const quantity& reference = find(expected_, name_ + " outputs");
    check<T>(one_by_one, reference);
    check<T>(into_memory, reference);
    check<T>(batch, reference);
  }

  void every_loss() const {
    mean_squared_error();
    mean_absolute_error();
    huber();
    huber_with_delta();
    cross_entropy();
    cross_entropy_of_probabilities();
    binary_cross_entropy();
  }

  /// Loss, parameter gradients and input gradient of sample 0; loss and parameter gradients of the mean over
  /// all.
  template <class Loss, class Target>
  void loss(const std::string& loss_name, Loss loss, const std::vector<Target>& targets) const {
    const std::string single = name_ + ' ' + loss_name + " single", mean = name_ + ' ' + loss_name + " mean";
    auto grad = std::make_unique<Net>();
    compare(single, inlay::backpropagate(net(), xs_[0], targets[0], loss, *grad), *grad);
    const input_type input_gradient = inlay::input_gradient(net(), xs_[0], targets[0], loss);
    check<T>(input_gradient, expected_, single + " input gradient");

    grad = std::make_unique<Net>();
    const T value = inlay::backpropagate(net(), std::span<const input_type>{xs_},
                                         std::span<const Target>{targets}, loss, *grad);
    compare(mean, value, *grad);
  }

  void mean_squared_error() const { loss("mean_squared_error", inlay::mean_squared_error{}, targets(2)); }
  void mean_absolute_error() const { loss("mean_absolute_error", inlay::mean_absolute_error{}, targets(2)); }
  void huber() const { loss("huber", inlay::huber{}, targets(4)); }
  void huber_with_delta() const { loss("huber 0.375", inlay::huber{.375f}, targets(4)); }

  void cross_entropy() const {
    std::vector<std::size_t> classes;
    for (const output_type& u : targets(1))
      classes.push_back(static_cast<std::size_t>((static_cast<double>(u[0]) + 1) / 2 * Net::outputs));
    loss("cross_entropy index", inlay::cross_entropy{}, classes);
    loss("weighted_cross_entropy index", weighted(), classes);
  }

  void cross_entropy_of_probabilities() const {
    std::vector<output_type> distributions;
    for (const output_type& u : targets(1))
      distributions.push_back(probabilities(u));
    loss("cross_entropy probabilities", inlay::cross_entropy{}, distributions);
    loss("weighted_cross_entropy probabilities", weighted(), distributions);
  }

  void binary_cross_entropy() const {
    std::vector<output_type> halves = targets(1);
    for (output_type& y : halves)
      for (T& value : y)
        value = (value + 1) / 2;
    loss("binary_cross_entropy", inlay::binary_cross_entropy{}, halves);
  }

private:
  static inlay::weighted_cross_entropy<Net::outputs> weighted() {
    inlay::weighted_cross_entropy<Net::outputs> loss{};
    for (std::size_t k = 0; k < Net::outputs; ++k)
      loss.weights[k] = 0.25 + static_cast<double>(k % 5) / 4;
    return loss;
  }

  std::vector<output_type> targets(double scale) const {
    return samples<output_type>(name_ + " targets", xs_.size(), scale);
  }

  /// PyTorch's parameters(), one tensor after the other, are get_parameters() in one piece.
  void compare(const std::string& name, T value, const Net& grad) const {
    check<T>(std::array{value}, expected_, name + " loss");
    using flat = std::array<T, Net::parameter_count>;
    const std::unique_ptr<const flat> gradients{new flat(inlay::get_parameters(grad))};
    std::span<const T> rest{*gradients};
    for (std::size_t k = 0; !rest.empty(); ++k) {
      const quantity& tensor = find(expected_, name + " gradient " + std::to_string(k));
      REQUIRE(tensor.size <= rest.size());
      check<T>(rest.first(tensor.size), tensor);
      rest = rest.subspan(tensor.size);
    }
  }

  std::string name_;
  std::span<const quantity> expected_;
  std::vector<T> parameters_;
  std::vector<input_type> xs_;
  std::unique_ptr<Net> net_;
};

} // namespace pytorch
