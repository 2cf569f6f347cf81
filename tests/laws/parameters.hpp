// save ∘ load == identity, for parameters as a whole and layer by layer.
#pragma once

#include "laws/network.hpp"

#include <numeric>

namespace laws {

namespace detail {
/// Layer l's view against canonical order: `values` are the parameters of that layer.
template <std::size_t l, class Net>
finding layer_view_agrees(const Net& net, std::span<const typename Net::scalar> values) {
  using T = typename Net::scalar;
  if constexpr (!requires { Net::topology::template layer<l>::weight_count; }) return {}; // residual: no matrix of its own
  else {
    const auto view = net.template layer<l>();
    const auto w = view.weights();
    const auto b = view.biases();
    finding found = compare_values("weights()", w, values.first(w.size()), 0);
    found += compare_values("biases()", b, values.subspan(w.size()), 0);
    if (w.size() + b.size() != values.size()) found += "weights and biases are not all parameters; ";
    for (std::size_t o = 0; o < b.size(); ++o) {
      if (view.bias(o) != b[o]) found += say("bias(", o, ") differs from biases(); ");
      for (std::size_t i = 0; i < w.size() / b.size(); ++i)
        if (view.weight(o, i) != w[o * (w.size() / b.size()) + i]) found += say("weight(", o, ", ", i, ") differs from weights(); ");
    }
    auto written = std::make_unique<Net>(net);
    std::vector<T> reversed(values.rbegin(), values.rend());
    const std::span<const T> all(reversed);
    written->template layer<l>().assign(all.template first<w.size()>(), all.template subspan<w.size(), b.size()>());
    found += compare_values("weights() after assign", written->template layer<l>().weights(), all.first(w.size()), 0);
    found += compare_values("biases() after assign", written->template layer<l>().biases(), all.subspan(w.size()), 0);
    written->template layer<l>().weight(b.size() - 1, 0) = T(-5);
    written->template layer<l>().bias(b.size() - 1) = T(-7);
    if (std::as_const(*written).template layer<l>().weight(b.size() - 1, 0) != T(-5) ||
        std::as_const(*written).template layer<l>().bias(b.size() - 1) != T(-7))
      found += "what is written through weight() or bias() is not read there; ";
    written->template layer<l>().assign(w, b);
    if (!(*written == net)) found += "assign(weights(), biases()) changed the net; ";
    return found.empty() ? found : say("layer ", l, ": ", found);
  }
}
} // namespace detail

/// index() takes each parameter to a place of its own in storage, and what was set there is what is got, as a whole and
/// through the view of its layer; all else in storage is zero.
template <class Net>
finding parameters_round_trip() {
  using T = typename Net::scalar;
  using stack = typename Net::topology::stack;
  finding found;
  std::vector<bool> used(Net::topology::storage, false);
  for (std::size_t k = 0; k < Net::parameter_count; ++k) {
    const std::size_t at = stack::index(k);
    if (at >= used.size()) return say("parameter ", k, " is at ", at, " of a storage of ", used.size());
    if (used[at]) return say("parameter ", k, " is at ", at, ", where another one is");
    used[at] = true;
  }

  for (std::size_t k = 0; k < Net::statistic_count; ++k) {
    const std::size_t at = stack::statistic_index(k);
    if (at >= used.size()) return say("statistic ", k, " is at ", at, " of a storage of ", used.size());
    if (used[at]) return say("statistic ", k, " is at ", at, ", where another number is");
    used[at] = true;
  }

  std::array<T, Net::parameter_count> values;
  std::iota(values.begin(), values.end(), T(1));
  const auto net = std::make_unique<Net>();
  for (T& x : net->theta()) x = inlay::math::quiet_nan<T>;
  std::array<T, Net::statistic_count> statistics;
  std::iota(statistics.begin(), statistics.end(), T(-100));
  if constexpr (Net::statistic_count > 0) { // which set_parameters leaves alone
    *net = {};
    inlay::set_statistics(*net, statistics);
  }
  inlay::set_parameters(*net, values);
  found += compare_values("get_parameters()", inlay::get_parameters(*net), values, 0) + padding("the net", *net);
  found += compare_values("get_statistics()", inlay::get_statistics(*net), statistics, 0);
  [&]<std::size_t... l>(std::index_sequence<l...>) {
    const auto of = [&]<class At>() { return std::span<const T>(values).subspan(At::first_parameter, At::layer::parameter_count); };
    ((found += detail::layer_view_agrees<l + 1>(*net, of.template operator()<typename Net::topology::template place<l + 1>>())), ...);
  }(std::make_index_sequence<Net::depth>{});

  inlay::initialize(*net, 1);
  found += padding("an initialized net", *net);
  return found;
}

} // namespace laws
