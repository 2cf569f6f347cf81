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
  template <std::size_t Samples>
  using activations = block<T, Samples, layer::output_shape::size>;
  template <std::size_t Samples>
  using activation_rows = decltype(std::declval<const activations<Samples>&>().view(0));

  template <class A, bool Record>
  struct trace {
    [[no_unique_address]] std::conditional_t<Record, typename layer::template trace<A>, unrecorded> head;
    activations<A::capacity> a;
    typename next::template trace<activation_rows<A::capacity>, Record> tail;
  };
  template <std::size_t Samples>
  struct gradient {
    typename layer::template gradient<Samples> head;
    activations<Samples> a;
    typename next::template gradient<Samples> tail;
  };
};

/// The last layer: its output is the caller's.
template <class Topology, std::size_t l>
  requires(l == Topology::depth)
struct chain_storage<Topology, l> {
  using layer = typename Topology::template layer<l>;
  template <class A, bool Record>
  struct trace {
    [[no_unique_address]] std::conditional_t<Record, typename layer::template trace<A>, unrecorded> head;
  };
  template <std::size_t Samples>
  struct gradient {
    typename layer::template gradient<Samples> head;
  };
};

} // namespace inlay
