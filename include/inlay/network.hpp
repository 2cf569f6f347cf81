#pragma once

#include "inlay/chain/infer.hpp"
#include "inlay/layer_view.hpp"
#include "inlay/refusal/require.hpp"
#include "inlay/refusal/verdict.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

namespace inlay {

/// A neural network as a value: the topology is its type, the parameters are its state. Zero by default, trivially
/// copyable, comparable; no heap, no dispatch; everything also works in constant evaluation.
template <scalar T, class Input, class... Layers>
class [[gnu::abi_tag(INLAY_INSTRUCTION_SET_TEXT)]] basic_network {
public:
  using topology = inlay::topology<T, Input, Layers...>;
  using mistake = typename topology::mistake; ///< of the list of layers, or `accepted`
  using told = decltype(detail::tell<mistake>());
  using scalar = T;
  using input_shape = typename topology::input_shape;
  using output_shape = typename topology::output_shape;
  static constexpr std::size_t inputs = input_shape::size;
  static constexpr std::size_t outputs = output_shape::size;
  static constexpr std::size_t depth = topology::depth;                     ///< layers
  static constexpr std::size_t parameter_count = topology::parameter_count; ///< weights and biases, no padding
  static constexpr std::size_t statistic_count = topology::stack::statistic_count; ///< of what is measured, not trained
  static constexpr std::size_t multiply_adds = topology::multiply_adds;     ///< of one forward pass of one sample
  static constexpr std::size_t steps = input_shape::steps; ///< of a sequence; 1 of any other net
  using input_type = std::array<T, inputs>;
  using output_type = std::array<T, outputs>;
  using step_input_type = std::array<T, input_shape::row::size>;
  using step_output_type = std::array<T, output_shape::row::size>;

  /// The output for the input x: aᴸ.
  constexpr output_type operator()(std::span<const T, inputs> x) const noexcept {
    output_type y{};
    (*this)(x, y);
    return y;
  }

  /// Writes the output for x to y. x and y may have any alignment, and may be the same memory.
  constexpr void operator()(std::span<const T, inputs> x, std::span<T, outputs> y) const noexcept {
    detail::infer<topology, 1>(theta(), x.data(), y.data(), 1);
  }

  /// Writes the outputs for a batch, ys[s] for every xs[s].
  constexpr void operator()(std::span<const input_type> xs, std::span<output_type> ys) const noexcept {
    detail::infer_batch(*this, xs, ys);
  }
  /// The same with memory of the caller's, for nets that are too large for the stack.
  void operator()(std::span<const input_type> xs, std::span<output_type> ys, workspace<basic_network>& place) const noexcept {
    detail::infer_batch(*this, xs, ys, place);
  }

  /// The output for several inputs, those of an input_list: `net(x1, x2)`.
  template <class... X>
    requires detail::inputs_of<basic_network, X...>
  constexpr output_type operator()(X&&... x) const noexcept {
    return (*this)(joined(std::index_sequence_for<X...>{}, x...));
  }
  /// Writes it to y: `net(x1, x2, y)`.
  template <class... X>
    requires detail::inputs_and_output_of<basic_network, X...>
  constexpr void operator()(X&&... x_and_y) const noexcept {
    const std::tuple<X&...> all(x_and_y...);
    [&]<std::size_t... k>(std::index_sequence<k...> inputs_only) {
      (*this)(joined(inputs_only, std::get<k>(all)...), std::span<T, outputs>(std::get<sizeof...(k)>(all)));
    }(std::make_index_sequence<sizeof...(X) - 1>{});
  }

  /// The output for numbers in braces: `net({0.5f, 1})`.
  template <std::size_t N>
    requires(N == inputs)
  constexpr output_type operator()(const T (&x)[N]) const noexcept {
    return (*this)(std::span<const T, inputs>(x));
  }

  /// The logical view of layer l of 1..depth: .weight(o, i), .bias(o), .weights(), .biases(), .assign(weights, biases).
  template <std::size_t l>
    requires detail::viewable<topology, l>
  constexpr auto layer() noexcept {
    return detail::layer_view<topology, l, T>{storage_.data()};
  }
  template <std::size_t l>
    requires detail::viewable<topology, l>
  constexpr auto layer() const noexcept {
    return detail::layer_view<topology, l, const T>{storage_.data()};
  }

  friend constexpr bool operator==(const basic_network& a, const basic_network& b) noexcept {
    for (std::size_t k = 0; k < topology::storage; ++k)
      if (a.storage_[k] != b.storage_[k]) return false;
    return true;
  }

  /// All parameters as they lie in memory, padding (always zero) included: for optimizers, which treat all alike.
  constexpr std::span<T, topology::storage> theta() noexcept { return storage_; }
  constexpr std::span<const T, topology::storage> theta() const noexcept { return storage_; }

  /// The net of parameters as theta() gives them, padding zero: what a generated header holds, for no conversion is left to
  /// do there, not even for the compiler.
  static constexpr basic_network from_storage(const std::array<T, topology::storage>& theta) noexcept {
    basic_network net;
    net.storage_ = theta;
    return net;
  }

  // What is refused, see refusal/words.hpp: declared, never defined; the return type is the error.
  template <class X>
    requires(!detail::numbers<X, const T, inputs>)
  decltype(detail::say(detail::refused_input<X, basic_network>{})) operator()(X&&) const;
  template <std::size_t N>
    requires(N != inputs)
  decltype(detail::say(detail::refused_input<T[N], basic_network>{})) operator()(const T (&)[N]) const;
  template <class X, class Y>
    requires(!detail::meant_as_inputs<basic_network, X, Y> && !(detail::numbers<X, const T, inputs> && detail::numbers<Y, T, outputs>) &&
             !(detail::arrays<X, const input_type> && detail::arrays<Y, output_type>))
  decltype(detail::say(detail::refused_call<X, Y, basic_network>{})) operator()(X&&, Y&&) const;
  template <class Xs, class Ys, class Workspace>
    requires(!detail::meant_as_inputs<basic_network, Xs, Ys, Workspace> &&
             !(detail::arrays<Xs, const input_type> && detail::arrays<Ys, output_type> && std::same_as<Workspace, workspace<basic_network>>))
  decltype(detail::say(detail::refused_call_with_workspace<Xs, Ys, Workspace, basic_network>{})) operator()(Xs&&, Ys&&, Workspace&) const;

  template <class... X>
    requires(detail::meant_as_inputs<basic_network, X...> && !detail::inputs_of<basic_network, X...> &&
             !detail::inputs_and_output_of<basic_network, X...>)
  decltype(detail::say(detail::refused_inputs_of<basic_network, detail::first_other_input<basic_network, X...>, X...>{}))
  operator()(X&&...) const;
  template <std::size_t l>
    requires(!detail::viewable<topology, l>)
  decltype(detail::say(detail::refused_layer<topology, l>{}))& layer() const; // a reference, or clang says it twice

private:
  template <std::size_t... k>
  static constexpr input_type joined(std::index_sequence<k...>, const auto&... x) noexcept {
    input_type all{};
    const auto copy = [&]<std::size_t n, std::size_t begin>(std::span<const T, n> part) {
      for (std::size_t i = 0; i < n; ++i) all[begin + i] = part[i];
    };
    (copy.template operator()<input_shape::template at<k>::size, input_shape::template offset<k>>(x), ...);
    return all;
  }

  alignas(alignment) std::array<T, topology::storage> storage_{};
};

/// The net of float.
template <class Input, class... Layers>
using network = basic_network<float, Input, Layers...>;

/// All parameters in canonical order: layer by layer, W row-major [out][in], then b; the order of PyTorch's parameters().
/// Into memory of the caller's: a large net's are much for the stack.
template <class Net>
constexpr void get_parameters(const Net& net, std::span<typename Net::scalar, Net::parameter_count> values) noexcept {
  detail::for_each_parameter<typename Net::topology>([&](std::size_t k, std::size_t at) { values[k] = net.theta()[at]; });
}
template <class Net>
constexpr std::array<typename Net::scalar, Net::parameter_count> get_parameters(const Net& net) noexcept {
  std::array<typename Net::scalar, Net::parameter_count> values{};
  get_parameters(net, values);
  return values;
}

/// Sets all parameters from canonical order. Denormals become zero: no parameter of a net may change its speed.
template <class Net>
constexpr void set_parameters(Net& net, std::span<const typename Net::scalar, Net::parameter_count> values) noexcept {
  detail::for_each_part(
      Net::topology::statistics, 0, Net::topology::storage,
      [&](std::size_t at, std::size_t n) {
        for (std::size_t k = at; k < at + n; ++k) net.theta()[k] = 0; // padding too
      },
      [](std::size_t, std::size_t) {}); // statistics are no parameters
  detail::for_each_parameter<typename Net::topology>(
      [&](std::size_t k, std::size_t at) { net.theta()[at] = math::flush_denormal(values[k]); });
}

/// What a net measures and no optimizer trains, layer by layer: of each batch_norm running_mean, then running_var; the scale
/// and shift of each rescale.
template <class Net>
constexpr auto get_statistics(const Net& net) noexcept {
  std::array<typename Net::scalar, Net::statistic_count> values{};
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = net.theta()[Net::topology::stack::statistic_index(k)];
  return values;
}
template <class Net>
constexpr void set_statistics(Net& net, std::span<const typename Net::scalar, Net::statistic_count> values) noexcept {
  for (std::size_t k = 0; k < values.size(); ++k)
    net.theta()[Net::topology::stack::statistic_index(k)] = math::flush_denormal(values[k]);
}

template <class Net, class Values>
  requires(!detail::numbers<Values, const typename Net::scalar, Net::parameter_count>)
decltype(detail::say(detail::refused_parameters<Values, Net>{})) set_parameters(Net&, Values&&); // see refusal/words.hpp

} // namespace inlay
