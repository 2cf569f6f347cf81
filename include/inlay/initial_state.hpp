#pragma once

#include "inlay/chain/state.hpp"
#include "inlay/stream.hpp"

#include <cstddef>
#include <span>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A state that is made of other states, of the branches of a composite.
template <class Layer>
concept remembers_branches = requires(typename Layer::state& state) { part<0>(state.of); };

/// A layer that says what it remembers in few numbers: settle(state, numbers) reads `settled` of them.
template <class Layer>
concept settles = requires { Layer::settled; };

template <class Topology, std::size_t l = 1>
constexpr std::size_t settled_numbers() noexcept;

template <class Layer>
constexpr std::size_t settled_numbers_of() noexcept {
  if constexpr (!remembering<Layer>) return 0;
  else if constexpr (settles<Layer>) return Layer::settled;
  else if constexpr (remembers_branches<Layer>) {
    std::size_t count = 0;
    Layer::for_each([&]<std::size_t k>() { count += settled_numbers<typename Layer::template topology<k>>(); });
    return count;
  } else {
    static_assert(settles<Layer>, "a layer of your own that remembers says in how many numbers: settled, and settle(state, numbers)");
    return 0;
  }
}
template <class Topology, std::size_t l>
constexpr std::size_t settled_numbers() noexcept {
  if constexpr (l > Topology::depth) return 0;
  else return settled_numbers_of<typename Topology::template layer<l>>() + settled_numbers<Topology, l + 1>();
}

/// Takes what a state wants from the front of the numbers.
template <class Topology, std::size_t l = 1, class T>
constexpr void settle_chain(auto& state, const T*& from) noexcept;

template <class Layer, class T>
constexpr void settle_layer(auto& state, const T*& from) noexcept {
  if constexpr (!remembering<Layer>) return;
  else if constexpr (settles<Layer>) Layer::settle(state, from), from += Layer::settled;
  else Layer::for_each([&]<std::size_t k>() { settle_chain<typename Layer::template topology<k>>(part<k>(state.of), from); });
}
template <class Topology, std::size_t l, class T>
constexpr void settle_chain(auto& state, const T*& from) noexcept {
  if constexpr (l <= Topology::depth) {
    settle_layer<typename Topology::template layer<l>>(state.head, from);
    settle_chain<Topology, l + 1>(state.tail, from);
  }
}

} // namespace inlay::detail

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// In how many numbers a net's initial state is said, see stream_from().
template <class Net>
inline constexpr std::size_t initial_state_size = detail::settled_numbers<typename Net::topology>();

/// A stream that does not begin from zero but from what a model says: layer after layer, branch after branch, of an rnn or gru its
/// h, of an lstm its h, then its c; of a conv1d or delay one number a channel, what has been there for ever.
template <class Net>
constexpr stream<Net> stream_from(std::span<const typename Net::scalar, initial_state_size<Net>> numbers) noexcept {
  stream<Net> made{};
  const auto* from = numbers.data();
  detail::settle_chain<typename Net::topology>(made.state, from);
  return made;
}

} // namespace inlay
