// A net of any layers, held to the laws of every net, and its outputs to what its description says in double precision.
#pragma once

#include "laws/all.hpp"

#include "inlay/inlay.hpp"
#include "inlay/io/detail/describe.hpp"
#include "inlay/io/detail/rounding.hpp"

#include <cstdio>
#include <memory>
#include <string>

namespace topologies {

/// Statistics as a trained net may have them.
template <class Net>
void set_some_statistics(Net& net) {
  auto statistics = inlay::get_statistics(net);
  for (std::size_t k = 0; k < statistics.size(); ++k)
    statistics[k] = typename Net::scalar(0.25) + typename Net::scalar(k % 5) / 4;
  inlay::set_statistics(net, statistics);
}

/// `planted` is added to the largest output, to see whether it is found.
template <class Net>
laws::finding as_described(const Net& net, bool planted) {
  const auto description = inlay::io::detail::describe(net);
  const auto xs = laws::inputs<Net>(4, 5);
  for (const auto& x : xs) {
    const std::vector<double> numbers(x.begin(), x.end()), wanted = inlay::io::detail::evaluate(description, numbers);
    const auto tolerance = inlay::io::detail::rounding_tolerance(description, numbers, wanted);
    auto y = net(x);
    std::size_t largest = 0;
    for (std::size_t i = 0; i < y.size(); ++i)
      if (std::abs(y[i]) > std::abs(y[largest])) largest = i;
    if (planted) y[largest] += std::abs(y[largest]) / 64 + typename Net::scalar(0x1p-90);
    if (wanted.size() != y.size()) return laws::say("the description has ", wanted.size(), " outputs, not ", y.size());
    for (std::size_t i = 0; i < y.size(); ++i)
      if (!(std::abs(static_cast<double>(y[i]) - wanted[i]) <= tolerance[i]))
        return laws::say("output ", i, " is ", y[i], ", described as ", wanted[i], " within ", tolerance[i]);
  }
  return {};
}

/// Tells what is wrong with a net, if anything. One that does something else in training is held to its description alone, one
/// with attention, which has none, to the laws.
template <class Net, bool trains, bool described>
bool is_right(const char* name, const char* type, bool planted) {
  const auto net = std::make_unique<Net>();
  laws::make(*net, 1);
  set_some_statistics(*net);
  laws::finding found;
  if constexpr (described) found += as_described(*net, planted);
  if constexpr (trains)
    if (!planted) found += laws::broken<Net>();
  std::printf("%s: %s\n", name, found.empty() ? "right" : ("WRONG: " + found + ": " + type).c_str());
  return found.empty();
}

} // namespace topologies
