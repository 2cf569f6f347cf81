// Nets to hold the laws against, and how exact they can be.
#pragma once

#include "laws/law.hpp"

#include "inlay/backpropagate.hpp"
#include "inlay/initializer.hpp"
#include "inlay/network.hpp"

#include <memory>
#include <span>
#include <vector>

namespace laws {

/// A net with weights as its initializer makes them and something in every bias.
template <class Net>
constexpr void make(Net& net, std::uint64_t seed) noexcept {
  inlay::initialize(net, seed);
  noise<typename Net::scalar> value(seed + 1);
  for (std::size_t k = 0; k < Net::parameter_count; ++k)
    net.theta()[Net::topology::stack::index(k)] += value() / 8;
}
template <class Net>
constexpr Net made(std::uint64_t seed) noexcept {
  Net net{};
  make(net, seed);
  return net;
}

namespace detail {
template <class Layer>
constexpr std::size_t terms_of_layer() noexcept;
template <class Topology>
constexpr std::size_t terms_of_topology() noexcept {
  return [&]<std::size_t... l>(std::index_sequence<l...>) {
    return (terms_of_layer<typename Topology::template layer<l + 1>>() + ... + std::size_t{0});
  }(std::make_index_sequence<Topology::depth>{});
}
template <class Layer>
constexpr std::size_t terms_of_layer() noexcept {
  constexpr std::size_t bias_and_activation = 16; // σ is good to a few units in the last place
  if constexpr (inlay::composite_layer<Layer>) {
    std::size_t most = 0, branches = 0;
    Layer::for_each_branch([&]<class Topology, std::size_t>() { most = std::max(most, terms_of_topology<Topology>()), ++branches; });
    return most + branches;
  } else if constexpr (requires { Layer::fan_in; }) return Layer::fan_in + bias_and_activation;
  else return bias_and_activation;
}
template <class Net>
struct rebind;
template <class T, class Input, class... Layers>
struct rebind<inlay::basic_network<T, Input, Layers...>> {
  using in_double = inlay::basic_network<double, Input, Layers...>;
};
} // namespace detail

/// Terms that are added one after the other on the way from an input to an output.
template <class Net>
inline constexpr std::size_t terms = detail::terms_of_topology<typename Net::topology>();

/// The same net, its numbers double.
template <class Net>
using in_double = typename detail::rebind<Net>::in_double;

/// How far two computations of a quantity of the net may be apart: the bound of a sum of all terms on the way, taken of the
/// largest of `values` and of 1, the size of inputs and activations. The bound grows with the number of terms, the errors
/// as its root, so that it also covers what a layer does to the errors of the layers before.
template <class Net>
constexpr double tolerance(std::size_t count, const auto& values) noexcept {
  double largest = 0;
  for (const auto v : values) largest = std::max(largest, static_cast<double>(v < 0 ? -v : v));
  return rounding<typename Net::scalar>(count, 1 + largest);
}

template <class Net>
std::vector<typename Net::input_type> inputs(std::size_t count, std::uint64_t seed) {
  std::vector<typename Net::input_type> xs(count);
  noise<typename Net::scalar> value(seed);
  for (auto& x : xs) value.fill(x);
  return xs;
}
template <class Net>
std::vector<typename Net::output_type> targets(std::size_t count, std::uint64_t seed) {
  std::vector<typename Net::output_type> ys(count);
  noise<typename Net::scalar> value(seed);
  for (auto& y : ys) value.fill(y);
  return ys;
}

template <class Found, class Wanted>
finding compare_values(const char* what, const Found& found, const Wanted& wanted, double tolerance) {
  for (std::size_t i = 0; i < std::size(wanted); ++i)
    if (!near(static_cast<double>(std::data(found)[i]), static_cast<double>(std::data(wanted)[i]), tolerance))
      return say(what, "[", i, "] is ", std::data(found)[i], ", wanted ", std::data(wanted)[i], " within ", tolerance, "; ");
  return {};
}

/// Finds a number in storage that is not a parameter and not zero.
template <class Net>
finding padding(const char* what, const Net& net) {
  std::vector<bool> used(net.theta().size(), false);
  for (std::size_t k = 0; k < Net::parameter_count; ++k) used[Net::topology::stack::index(k)] = true;
  for (std::size_t k = 0; k < Net::statistic_count; ++k) used[Net::topology::stack::statistic_index(k)] = true;
  for (std::size_t i = 0; i < used.size(); ++i)
    if (!used[i] && !(net.theta()[i] == 0)) return say("padding of ", what, " at ", i, " is ", net.theta()[i], "; ");
  return {};
}

} // namespace laws
