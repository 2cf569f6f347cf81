#pragma once

#include "inlay/chain/state.hpp"
#include "inlay/copy_rows.hpp"
#include "inlay/network.hpp"
#include "inlay/refusal/verdict.hpp"

#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// Whether a net of a sequence goes step by step, no step knowing of a later one: what a stream wants.
template <class Net>
inline constexpr bool causal = is_over_time<typename Net::input_shape> && detail::all_go_step_by_step<typename Net::topology>();

/// A net of a sequence, step by step: what it remembers. A regular value: a copy is a snapshot, `= {}` the beginning, from zero.
/// The outputs are those of the sequence, but for rounding; the number of steps has no limit. No heap, no branch on data.
template <class Net>
struct stream {
  static_assert(is_over_time<typename Net::input_shape>, "a stream wants a net of a sequence: network<sequence<Steps, ...>, ...>");
  static_assert(!is_over_time<typename Net::input_shape> || causal<Net>,
                "a stream wants layers that go step by step: mean_of_steps, flatten and what looks ahead want all steps");

  using scalar = typename Net::scalar;
  using input_type = typename Net::step_input_type;
  using output_type = typename Net::step_output_type;
  static constexpr std::size_t inputs = std::tuple_size_v<input_type>, outputs = std::tuple_size_v<output_type>;

  detail::chain_state<typename Net::topology> state{};

  /// The output of one more step.
  constexpr output_type operator()(const Net& net, std::span<const scalar, inputs> x) noexcept {
    output_type y{};
    (*this)(net, x, y);
    return y;
  }
  /// The same into memory of the caller's, of any alignment, x's own included.
  constexpr void operator()(const Net& net, std::span<const scalar, inputs> x, std::span<scalar, outputs> y) noexcept {
    steps<1>(net, x.data(), y.data(), 1);
  }
  /// The output for numbers in braces: `stream(net, {0.5f, 1})`.
  template <std::size_t N>
    requires(N == inputs)
  constexpr output_type operator()(const Net& net, const scalar (&x)[N]) noexcept {
    return (*this)(net, std::span<const scalar, inputs>(x));
  }
  /// A block of steps, ys[t] for every xs[t]: each layer takes several steps at a time, which is faster.
  constexpr void operator()(const Net& net, std::span<const input_type> xs, std::span<output_type> ys) noexcept {
    detail::require(xs.size() <= ys.size(), "stream", "room for one output for each input:", xs.size(), ys.size());
    const kernel::denormals_are_zero guard;
    detail::for_each_chunk<detail::steps_together<typename Net::topology>>(xs.size(), [&]<std::size_t most>(std::size_t first, std::size_t count) {
      steps<most>(net, xs[first].data(), ys[first].data(), count);
    });
  }

  // What is refused, see refusal/words.hpp: declared, never defined; the return type is the error.
  template <class X>
    requires(!detail::numbers<X, const scalar, inputs>)
  decltype(detail::say(detail::refused_input<X, detail::step_of<Net>>{})) operator()(const Net&, X&&);
  template <std::size_t N>
    requires(N != inputs)
  decltype(detail::say(detail::refused_input<scalar[N], detail::step_of<Net>>{})) operator()(const Net&, const scalar (&)[N]);
  template <class X, class Y>
    requires(!(detail::numbers<X, const scalar, inputs> && detail::numbers<Y, scalar, outputs>) &&
             !(detail::arrays<X, const input_type> && detail::arrays<Y, output_type>))
  decltype(detail::say(detail::refused_call<X, Y, detail::step_of<Net>>{})) operator()(const Net&, X&&, Y&&);
  template <class First, class... X>
    requires(!std::convertible_to<First, const Net&>)
  typename refused::stream_of<Net>::wants_its_net_first::template but_gets<std::remove_cvref_t<First>> operator()(First&&, X&&...);

  friend constexpr bool operator==(const stream&, const stream&) noexcept = default;

private:
  template <std::size_t most>
  constexpr void steps(const Net& net, const scalar* x, scalar* y, std::size_t count) noexcept {
    using row_in = typename Net::input_shape::row;
    using row_out = typename Net::output_shape::row;
    detail::door<scalar, most, over_time<1, row_in>, foreign_rows<const scalar, most, inputs>> in;
    block<scalar, most, outputs> out;
    detail::step_chain<typename Net::topology>(net.theta(), state, in.enter(x, count), out.view(count));
    copy_outside<row_out>(out.view(count), detail::caller_rows<most, outputs>(y, count));
  }
};

namespace detail {

/// A net that can be trained from where streams stand.
template <class Net>
inline constexpr bool carries_state = causal<Net> && all_train_from_state<typename Net::topology>();

/// The pass of samples each of which goes on where a stream stands.
template <class Net>
struct pass_of_streams : pass {
  std::span<stream<Net>> streams;
};
template <class Trace, class Net>
constexpr void begin(Trace& trace, const pass_of_streams<Net>& of) noexcept {
  begin(trace, static_cast<const pass&>(of));
  begin_from(trace, of.streams.size(), [&](std::size_t s) -> auto& { return of.streams[s].state; });
}

template <class Net, std::size_t Steps>
struct of_steps;
template <scalar T, std::size_t Before, std::size_t... Extents, class... Layers, std::size_t Steps>
struct of_steps<basic_network<T, sequence<Before, Extents...>, Layers...>, Steps> {
  using type = basic_network<T, sequence<Steps, Extents...>, Layers...>;
};
} // namespace detail

/// The net of a sequence of another length; its parameters are the same.
template <class Net, std::size_t Steps>
using with_steps_t = typename detail::of_steps<Net, Steps>::type;
template <std::size_t Steps, class Net>
constexpr with_steps_t<Net, Steps> with_steps(const Net& net) noexcept {
  with_steps_t<Net, Steps> other{};
  static_assert(with_steps_t<Net, Steps>::topology::storage == Net::topology::storage, "a net whose parameters depend on its steps");
  for (std::size_t k = 0; k < Net::topology::storage; ++k) other.theta()[k] = net.theta()[k];
  return other;
}

} // namespace inlay
