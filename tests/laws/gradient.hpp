// gradient == central differences, in constant evaluation and at run time.
#pragma once

#include "laws/network.hpp"

#include "inlay/loss/regression.hpp"

#include <algorithm>
#include <limits>

namespace laws {

/// The place where a gradient differs most from what it should be, in units of the tolerance.
struct difference {
  std::size_t at = 0;
  double found = 0, wanted = 0, tolerance = 0, in_tolerances = 0;
  constexpr void see(std::size_t k, double f, double w, double t) noexcept {
    const double apart = (f > w ? f - w : w - f) / t;
    if (!(apart <= in_tolerances)) *this = {k, f, w, t, apart}; // a NaN is seen too
  }
  constexpr bool within() const noexcept { return in_tolerances <= 1; }
};
inline finding words(const char* what, const difference& d) {
  return d.within() ? finding{} : say(what, "[", d.at, "] is ", d.found, ", wanted ", d.wanted, " within ", d.tolerance, "; ");
}

/// The mean squared error in double, by its definition.
constexpr double squared_error(const auto& y, const auto& target) noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < y.size(); ++i) sum += (y[i] - target[i]) * (y[i] - target[i]);
  return sum / static_cast<double>(y.size());
}

/// The gradients of a net, each against (f(θ + h) − f(θ − h)) / 2h of the same net in double.
/// h = 2^-17, near the cube root of ε, where the error of the formula, h² f‴ / 6, and that of f, over h, are alike.
struct gradient_differences {
  difference parameters, inputs, loss;
  constexpr bool within() const noexcept { return parameters.within() && inputs.within() && loss.within(); }
};

template <class Net>
constexpr void make_in_double(const Net& net, in_double<Net>& wide) noexcept {
  for (std::size_t k = 0; k < Net::parameter_count; ++k)
    wide.theta()[in_double<Net>::topology::stack::index(k)] = static_cast<double>(net.theta()[Net::topology::stack::index(k)]);
  for (std::size_t k = 0; k < Net::statistic_count; ++k)
    wide.theta()[in_double<Net>::topology::stack::statistic_index(k)] =
        static_cast<double>(net.theta()[Net::topology::stack::statistic_index(k)]);
}

/// `grad`, `input_grad` and `loss` are what is to be checked; every `stride`-th parameter is.
template <class Net>
constexpr gradient_differences against_central_differences(const typename Net::input_type& x_of_T,
                                                           const typename Net::output_type& target, const Net& grad,
                                                           const typename Net::input_type& input_grad,
                                                           typename Net::scalar loss, std::size_t stride,
                                                           in_double<Net>& net) noexcept {
  using T = typename Net::scalar;
  constexpr double h = 0x1p-17;
  typename in_double<Net>::input_type x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(x_of_T[i]);
  typename in_double<Net>::output_type y{};
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<double>(target[i]);
  const double f = squared_error(net(x), y);
  const double of_formula = rounding<double>(terms<Net>, 1 + f) / h + 16 * h * h;
  const double tolerated = of_formula + tolerance<Net>(2 * terms<Net>, grad.theta());

  gradient_differences differences;
  differences.loss.see(0, static_cast<double>(loss), f, rounding<T>(terms<Net>, 1 + f) + tolerated);
  for (std::size_t k = 0; k < Net::parameter_count; k += stride) {
    double& parameter = net.theta()[in_double<Net>::topology::stack::index(k)];
    const double before = parameter;
    parameter = before + h;
    const double above = squared_error(net(x), y);
    parameter = before - h;
    const double below = squared_error(net(x), y);
    parameter = before;
    differences.parameters.see(k, static_cast<double>(grad.theta()[Net::topology::stack::index(k)]), (above - below) / (2 * h), tolerated);
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double before = x[i];
    x[i] = before + h;
    const double above = squared_error(net(x), y);
    x[i] = before - h;
    const double below = squared_error(net(x), y);
    x[i] = before;
    differences.inputs.see(i, static_cast<double>(input_grad[i]), (above - below) / (2 * h), of_formula + tolerance<Net>(2 * terms<Net>, input_grad));
  }
  return differences;
}

/// For static_assert, on a toy.
template <class Net>
consteval bool gradient_is_central_difference() {
  const Net net = made<Net>(1);
  in_double<Net> wide{};
  make_in_double(net, wide);
  const auto x = noise_array<typename Net::scalar, Net::inputs>(2);
  const auto target = noise_array<typename Net::scalar, Net::outputs>(3);
  Net grad{};
  const auto loss = inlay::backpropagate(net, x, target, inlay::mean_squared_error{}, grad);
  const auto input_grad = inlay::input_gradient(net, x, target, inlay::mean_squared_error{});
  return against_central_differences(x, target, grad, input_grad, loss, 1, wide).within();
}

/// At run time; of a large net a thousand parameters.
template <class Net>
finding gradient_agrees(const Net& net) {
  const auto x = noise_array<typename Net::scalar, Net::inputs>(2);
  const auto target = noise_array<typename Net::scalar, Net::outputs>(3);
  const auto grad = std::make_unique<Net>();
  const auto wide = std::make_unique<in_double<Net>>();
  make_in_double(net, *wide);
  const auto loss = inlay::backpropagate(net, x, target, inlay::mean_squared_error{}, *grad);
  const auto input_grad = inlay::input_gradient(net, x, target, inlay::mean_squared_error{});
  const auto d = against_central_differences(x, target, *grad, input_grad, loss, 1 + Net::parameter_count / 1000, *wide);
  return words("gradient", d.parameters) + words("input gradient", d.inputs) + words("loss", d.loss) + padding("the gradient", *grad);
}

/// backpropagate of a batch adds the mean of the samples' gradients and returns the mean of their losses.
template <class Net>
finding batch_gradient_is_mean(const Net& net) {
  using T = typename Net::scalar;
  finding found;
  for (const std::size_t count : {1u, 2u, 7u, 33u}) {
    const auto xs = inputs<Net>(count, 5);
    const auto ys = targets<Net>(count, 6);
    const auto single = std::make_unique<Net>(), batch = std::make_unique<Net>();
    T loss = 0;
    for (std::size_t s = 0; s < count; ++s)
      loss += inlay::backpropagate(net, xs[s], ys[s], inlay::mean_squared_error{}, *single);
    for (T& g : single->theta()) g /= static_cast<T>(count);
    for (T& g : single->theta()) g += g; // the second batch adds to the first
    T batch_loss = 0;
    for (int twice = 0; twice < 2; ++twice)
      batch_loss = inlay::backpropagate(net, std::span<const typename Net::input_type>(xs), ys, inlay::mean_squared_error{}, *batch);
    const double tolerated = tolerance<Net>(2 * (2 * terms<Net> + count), single->theta());
    const auto what = say("gradient of a batch of ", count);
    found += compare_values(what.c_str(), batch->theta(), single->theta(), tolerated) + padding(what.c_str(), *batch);
    if (!near(static_cast<double>(batch_loss), static_cast<double>(loss / static_cast<T>(count)), tolerated))
      found += say("loss of a batch of ", count, " is ", batch_loss, ", wanted ", loss / static_cast<T>(count), "; ");
  }
  return found;
}

/// Whatever numbers go in, nothing comes out in the padding of the gradient.
template <class Net>
finding gradient_padding_is_zero(const Net& net) {
  using T = typename Net::scalar;
  finding found;
  const auto single = std::make_unique<Net>(), batch = std::make_unique<Net>();
  for (const T bad : {inlay::math::infinity<T>, inlay::math::quiet_nan<T>, std::numeric_limits<T>::max()}) {
    auto xs = inputs<Net>(7, 5);
    auto ys = targets<Net>(7, 6);
    xs[3].front() = xs[5].back() = ys[4].front() = ys[6].back() = bad;
    for (std::size_t s = 0; s < xs.size(); ++s)
      (void)inlay::backpropagate(net, xs[s], ys[s], inlay::mean_squared_error{}, *single);
    (void)inlay::backpropagate(net, std::span<const typename Net::input_type>(xs), ys, inlay::mean_squared_error{}, *batch);
    found += padding("the gradient", *single) + padding("the gradient of a batch", *batch);
  }
  return found;
}

} // namespace laws
