#pragma once

#include "inlay/topology.hpp"

#include <type_traits>

namespace inlay::inline INLAY_INSTRUCTION_SET {

/// What the chain keeps for the layers l..L on its way forward and back. It is on the stack, sized by the types.
template <class Topology, std::size_t l>
struct chain_storage {
  using T = typename Topology::scalar;
  using layer = typename Topology::template layer<l>;
  using next = chain_storage<Topology, l + 1>;
  /// Rows that come out of the layer for so many that go in.
  static constexpr std::size_t rows_behind(std::size_t rows) noexcept {
    return rows / Topology::template steps_behind<l - 1> * Topology::template steps_behind<l>;
  }
  template <std::size_t Rows>
  using activations = block<T, rows_behind(Rows), layer::output_shape::row::size>;
  template <std::size_t Rows>
  using activation_rows = decltype(std::declval<const activations<Rows>&>().view(0));

  template <class A, bool Record>
  struct trace {
    [[no_unique_address]] std::conditional_t<Record, typename layer::template trace<A>, unrecorded> head;
    activations<A::capacity> a;
    typename next::template trace<activation_rows<A::capacity>, Record> tail;
  };
  template <std::size_t Rows> // that go in
  struct gradient {
    typename layer::template gradient<rows_behind(Rows)> head;
    activations<Rows> a;
    typename next::template gradient<rows_behind(Rows)> tail;
  };
};

/// The last layer: its output is the caller's.
template <class Topology, std::size_t l>
  requires(l == Topology::depth)
struct chain_storage<Topology, l> {
  using layer = typename Topology::template layer<l>;
  static constexpr std::size_t rows_behind(std::size_t rows) noexcept {
    return rows / Topology::template steps_behind<l - 1> * Topology::template steps_behind<l>;
  }
  template <class A, bool Record>
  struct trace {
    [[no_unique_address]] std::conditional_t<Record, typename layer::template trace<A>, unrecorded> head;
  };
  template <std::size_t Rows>
  struct gradient {
    typename layer::template gradient<rows_behind(Rows)> head;
  };
};

} // namespace inlay
