#include "loss.hpp"

#include <inlay/inlay.hpp>

namespace fast_math {
namespace {

template <class T, std::size_t N>
using same = inlay::basic_network<T, inlay::input<N>, inlay::activation<inlay::identity>>;

template <class T>
std::array<T, 2> of(auto loss, T a, T y) {
  same<T, 1> net{}, grad{};
  const std::array<T, 1> x{a}, target{y};
  return {inlay::backpropagate(net, x, target, loss, grad), inlay::input_gradient(net, x, target, loss)[0]};
}

} // namespace

template <class T>
std::array<T, 2> loss_and_slope(loss which, T a, T y) {
  switch (which) {
  case loss::mean_squared_error: return of<T>(inlay::mean_squared_error{}, a, y);
  case loss::mean_absolute_error: return of<T>(inlay::mean_absolute_error{}, a, y);
  case loss::huber: return of<T>(inlay::huber{}, a, y);
  default: return of<T>(inlay::binary_cross_entropy{}, a, y);
  }
}

template <class T>
std::array<T, 6> cross_entropy(const std::array<T, 5>& logits, std::size_t target) {
  same<T, 5> net{}, grad{};
  std::array<T, 6> all{inlay::backpropagate(net, logits, target, inlay::cross_entropy{}, grad)};
  const auto slope = inlay::input_gradient(net, logits, target, inlay::cross_entropy{});
  for (std::size_t i = 0; i < 5; ++i) all[i + 1] = slope[i];
  return all;
}

template <class T>
std::array<T, 5> log_softmax(const std::array<T, 5>& z) {
  return inlay::basic_network<T, inlay::input<5>, inlay::activation<inlay::log_softmax>>{}(z);
}
template <class T>
std::array<T, 5> softmax(const std::array<T, 5>& z) {
  return inlay::basic_network<T, inlay::input<5>, inlay::activation<inlay::softmax>>{}(z);
}

template std::array<float, 2> loss_and_slope(loss, float, float);
template std::array<double, 2> loss_and_slope(loss, double, double);
template std::array<float, 6> cross_entropy(const std::array<float, 5>&, std::size_t);
template std::array<double, 6> cross_entropy(const std::array<double, 5>&, std::size_t);
template std::array<float, 5> log_softmax(const std::array<float, 5>&);
template std::array<double, 5> log_softmax(const std::array<double, 5>&);
template std::array<float, 5> softmax(const std::array<float, 5>&);
template std::array<double, 5> softmax(const std::array<double, 5>&);

} // namespace fast_math
