#pragma once

#include "inlay/initial_state.hpp"
#include "inlay/refusal/verdict.hpp"
#include "inlay/stream.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

/// A layer that says what it remembers in numbers: `remembered` of them, which read_state(state, numbers) gives and
/// write_state(state, numbers) takes.
template <class Layer>
concept tells_state = requires { Layer::remembered; };

/// Whether every layer that remembers says it in numbers.
template <class Topology, std::size_t l = 1>
constexpr bool all_tell_state() noexcept;
template <class Layer>
constexpr bool tells_all_state() noexcept {
  if constexpr (!remembering<Layer> || tells_state<Layer>) return true;
  else if constexpr (remembers_branches<Layer>) {
    bool all = true;
    Layer::for_each([&]<std::size_t k>() { all = all && all_tell_state<typename Layer::template topology<k>>(); });
    return all;
  } else return false;
}
template <class Topology, std::size_t l>
constexpr bool all_tell_state() noexcept {
  if constexpr (l > Topology::depth) return true;
  else return tells_all_state<typename Topology::template layer<l>>() && all_tell_state<Topology, l + 1>();
}

/// f.operator()<Layer>(state) for every layer that remembers, in their order.
template <class Topology, std::size_t l = 1>
constexpr void for_each_state(auto& state, auto& f) noexcept {
  if constexpr (l <= Topology::depth) {
    using layer = typename Topology::template layer<l>;
    if constexpr (tells_state<layer>) f.template operator()<layer>(state.head);
    else if constexpr (remembering<layer>)
      layer::for_each([&]<std::size_t k>() { for_each_state<typename layer::template topology<k>>(part<k>(state.head.of), f); });
    for_each_state<Topology, l + 1>(state.tail, f);
  }
}

template <class Net>
concept tells_state_in_numbers = all_tell_state<typename Net::topology>();

template <tells_state_in_numbers Net>
constexpr std::size_t count_state() noexcept {
  std::size_t count = 0;
  chain_state<typename Net::topology> none{};
  const auto add = [&]<class Layer>(auto&) { count += Layer::remembered; };
  for_each_state<typename Net::topology>(none, add);
  return count;
}

/// The sentence on the first layer that does not.
template <class Topology, std::size_t l = 1>
constexpr auto first_untold() noexcept {
  if constexpr (l > Topology::depth) return std::type_identity<void>{}; // clang 14 asks of every net
  else if constexpr (tells_all_state<typename Topology::template layer<l>>()) return first_untold<Topology, l + 1>();
  else return std::type_identity<typename refused::state_in_numbers::template is_not_told_by<typename Topology::template layer<l>::listed>>{};
}

} // namespace inlay::detail

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// How many numbers a net remembers from one step to the next.
template <detail::tells_state_in_numbers Net>
inline constexpr std::size_t state_size = detail::count_state<Net>();

/// What a stream remembers, in numbers: layer after layer, branch after branch, of an rnn or gru its h, of an lstm its h, then its c,
/// of a conv1d and a delay the steps that they still want, the oldest first, its channels side by side; of a self_attention how many
/// steps it holds, the keys of all that its window has room for, the oldest first, then the values.
template <detail::tells_state_in_numbers Net>
constexpr std::array<typename Net::scalar, state_size<Net>> get_state(const stream<Net>& from) noexcept {
  std::array<typename Net::scalar, state_size<Net>> numbers{};
  auto* to = numbers.data();
  const auto read = [&]<class Layer>(const auto& state) { Layer::read_state(state, to), to += Layer::remembered; };
  detail::for_each_state<typename Net::topology>(from.state, read);
  return numbers;
}

/// The same back: a stream that remembers this goes on as the one that was asked, a self_attention but for rounding. Denormals become zero.
template <detail::tells_state_in_numbers Net>
constexpr void set_state(stream<Net>& to, std::span<const typename Net::scalar, state_size<Net>> numbers) noexcept {
  to = {};
  const auto* from = numbers.data();
  const auto write = [&]<class Layer>(auto& state) { Layer::write_state(state, from), from += Layer::remembered; };
  detail::for_each_state<typename Net::topology>(to.state, write);
}

// What is refused: declared, never defined; the return type is the error.
template <class Net>
  requires(!detail::tells_state_in_numbers<Net>)
decltype(detail::say(detail::first_untold<typename Net::topology>())) get_state(const stream<Net>&);
template <class Other>
  requires(!detail::is_stream<Other>)
typename refused::state_in_numbers::wants_a_stream::template but_gets<Other> get_state(const Other&);

template <class Net, class Numbers>
  requires(!detail::tells_state_in_numbers<Net>)
decltype(detail::say(detail::first_untold<typename Net::topology>())) set_state(stream<Net>&, Numbers&&);
template <detail::tells_state_in_numbers Net, class Numbers>
  requires(!detail::numbers<Numbers, const typename Net::scalar, state_size<Net>>)
decltype(detail::say(detail::found<typename refused::state_in_numbers::template wants<std::span<const typename Net::scalar, state_size<Net>>>,
                                   std::remove_cvref_t<Numbers>, typename Net::scalar>{}))
set_state(stream<Net>&, Numbers&&);
template <class Other, class Numbers>
  requires(!detail::is_stream<Other>)
typename refused::state_in_numbers::wants_a_stream::template but_gets<Other> set_state(Other&, Numbers&&);

} // namespace inlay
