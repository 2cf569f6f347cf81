#pragma once

#include "inlay/chain.hpp"
#include "inlay/copy_rows.hpp"
#include "inlay/pass.hpp"

#include <utility>

/// A net's way through one step of a sequence, and what its layers remember until the next.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A bound layer that remembers: `state`, a regular value whose {} is the beginning, and step(θ, state, a, aˡ).
template <class Layer>
concept remembering = requires { typename Layer::state; };

struct nothing_remembered {
  friend constexpr bool operator==(nothing_remembered, nothing_remembered) noexcept { return true; }
};
template <class Layer>
struct state_of {
  using type = nothing_remembered;
};
template <remembering Layer>
struct state_of<Layer> {
  using type = typename Layer::state;
};

/// What the layers l..L remember.
template <class Topology, std::size_t l = 1>
struct chain_state {
  [[no_unique_address]] typename state_of<typename Topology::template layer<l>>::type head;
  [[no_unique_address]] chain_state<Topology, l + 1> tail;
  friend constexpr bool operator==(const chain_state&, const chain_state&) noexcept = default;
};
template <class Topology, std::size_t l>
  requires(l > Topology::depth)
struct chain_state<Topology, l> {
  friend constexpr bool operator==(const chain_state&, const chain_state&) noexcept { return true; }
};

/// Row r of rows, foreign as they are.
template <class Rows>
constexpr auto step_of_block(Rows all, std::size_t r) noexcept {
  if constexpr (Rows::foreign) return foreign_rows<typename Rows::element, 1, Rows::size>{{all[r], 1}};
  else return row(all, r);
}

/// A layer that clears no more behind its numbers than clear_padding() does, so that its output may be a part of wider rows.
template <class Layer>
inline constexpr bool registers_only = requires { requires Layer::fills_registers; };

/// A layer whose output is a part of its input, to be read where it is.
template <class Layer, class A>
concept viewing = requires { requires Layer::template is_view<A>; };

/// A net whose layers all are; a net of none is.
template <class Topology, class A, std::size_t l = 1>
constexpr bool only_views() noexcept {
  if constexpr (l > Topology::depth) return true;
  else if constexpr (viewing<typename Topology::template layer<l>, A>)
    return only_views<Topology, decltype(Topology::template layer<l>::view(std::declval<A>())), l + 1>();
  else return false;
}
template <class Topology, std::size_t l = 1>
constexpr auto view_of(auto a) noexcept {
  if constexpr (l > Topology::depth) return a;
  else return view_of<Topology, l + 1>(Topology::template layer<l>::view(a));
}

/// aˡ of a step or of several, and the state behind them.
template <class Layer>
[[gnu::always_inline]] constexpr void step_layer(auto theta, auto& state, auto a, auto y) noexcept {
  if constexpr (remembering<Layer>) {
    if constexpr (a.capacity == 1 || requires { requires Layer::steps_together; }) Layer::step(theta, state, a, y);
    else
      for (std::size_t r = 0; r < a.samples(); ++r) Layer::step(theta, state, step_of_block(a, r), row(y, r));
  } else if constexpr (requires { requires Layer::passes_steps_on; }) copy_rows(a, y);
  else {
    unrecorded nothing;
    Layer::forward(theta, nothing, a, y);
  }
}

template <class Topology, std::size_t l = 1>
[[gnu::always_inline]] constexpr void step_chain(auto theta, auto& state, auto a_before, auto a_last) noexcept {
  using layer = typename Topology::template layer<l>;
  const auto own = theta.template subspan<Topology::template place<l>::offset, layer::storage>();
  if constexpr (l == Topology::depth) step_layer<layer>(own, state.head, a_before, a_last);
  else if constexpr (viewing<layer, decltype(a_before)>) step_chain<Topology, l + 1>(theta, state.tail, layer::view(a_before), a_last);
  else {
    block<typename Topology::scalar, a_before.capacity, layer::output_shape::row::size> a;
    const std::size_t count = a_before.samples();
    step_layer<layer>(own, state.head, a_before, a.view(count));
    step_chain<Topology, l + 1>(theta, state.tail, std::as_const(a).view(count), a_last);
  }
}

/// Tells the traces of the layers of a chain; state_of(s) is what they remember of sample s.
template <class Trace>
constexpr void begin_from(Trace& trace, std::size_t count, auto state_of) noexcept {
  using state = std::remove_cvref_t<decltype(state_of(0))>;
  const auto own = [&](std::size_t s) -> auto& { return state_of(s).head; };
  if constexpr (requires { trace.head.begin_from(count, own); }) trace.head.begin_from(count, own);
  else static_assert(std::same_as<decltype(state::head), nothing_remembered>, "a layer of this net cannot be trained from a state on");
  if constexpr (requires { trace.tail; }) begin_from(trace.tail, count, [&](std::size_t s) -> auto& { return state_of(s).tail; });
}

/// Steps of a block that go through a net together: fewer where their numbers would take much of the stack.
template <class Topology>
inline constexpr std::size_t steps_together = [] {
  std::size_t bytes = 0, steps = steps_at_once;
  const auto add = [&]<class At>() { bytes += sizeof(block<typename Topology::scalar, 1, At::layer::output_shape::row::size>); };
  for_each_layer<Topology>(add);
  while (steps > 1 && steps * bytes > 64 * 1024) steps /= 2;
  return steps;
}();

/// Whether a layer can be trained from a state on: what it says, or else always.
template <class Layer>
constexpr bool trains_from_state() noexcept {
  if constexpr (requires { requires Layer::trains_from_the_beginning; }) return false;
  else return true;
}
template <class Topology>
constexpr bool all_train_from_state() noexcept {
  bool all = true;
  const auto see = [&]<class At>() { all = all && trains_from_state<typename At::layer>(); };
  for_each_layer<Topology>(see);
  return all;
}

/// Whether a layer may go step by step: what it says, or of one that knows nothing of time always.
template <class Layer>
constexpr bool goes_step_by_step() noexcept {
  if constexpr (requires { requires Layer::wants_all_steps; }) return false;
  else return true;
}
template <class Topology>
constexpr bool all_go_step_by_step() noexcept {
  bool all = true;
  const auto see = [&]<class At>() { all = all && goes_step_by_step<typename At::layer>(); };
  for_each_layer<Topology>(see);
  return all;
}

} // namespace inlay::detail
