#pragma once

#include "inlay/chain.hpp"
#include "inlay/copy_rows.hpp"
#include "inlay/kernel.hpp"
#include "inlay/tensor.hpp"

#include <cstddef>
#include <new>
#include <span>
#include <type_traits>

/// What a pass through a net keeps until it is over: on the stack, or in a workspace of the caller's.
namespace inlay::inline INLAY_INSTRUCTION_SET::detail {

template <class Rows, class T>
constexpr Rows make_rows(const T* x, std::size_t count) noexcept {
  if constexpr (Rows::foreign) return {{x, count}};
  else return {x, count};
}

/// How a net's input comes in: as it lies in the caller's memory, or by way of a block where it is in another order inside.
template <class T, std::size_t Samples, class Shape, class Outside>
struct door {
  using inside = Outside;
  static constexpr inside enter(const T* x, std::size_t count) noexcept { return make_rows<Outside>(x, count * Shape::steps); }
};
template <class T, std::size_t Samples, class Shape, class Outside>
  requires Shape::row::reordered
struct door<T, Samples, Shape, Outside> {
  using row = typename Shape::row;
  block<T, Samples * Shape::steps, row::size> numbers;

  using inside = rows<const T, Samples * Shape::steps, row::size, block<T, 1, row::size>::stride>;
  constexpr inside enter(const T* x, std::size_t count) noexcept {
    const std::size_t rows = count * Shape::steps;
    copy_inside<row>(make_rows<Outside>(x, rows), numbers.view(rows));
    return numbers.view(rows);
  }
};

/// Of at most Samples samples on their way forward.
template <class Topology, std::size_t Samples>
struct inference_memory {
  using T = typename Topology::scalar;
  using from = typename Topology::input_shape;
  using to = typename Topology::output_shape;
  using in_door = door<T, Samples, from, foreign_rows<const T, Samples * from::steps, from::row::size>>;

  [[no_unique_address]] in_door in;
  typename chain<Topology>::template trace<typename in_door::inside, false> trace;
  block<T, Samples * to::steps, to::row::size> out;
};

/// On their way forward and back.
template <class Topology, std::size_t Samples>
struct training_memory {
  using T = typename Topology::scalar;
  using from = typename Topology::input_shape;
  using to = typename Topology::output_shape;
  static constexpr std::size_t inputs = from::row::size;
  using in_door = door<T, Samples, from, rows<const T, Samples * from::steps, inputs, inputs>>;

  [[no_unique_address]] in_door in;
  typename chain<Topology>::template trace<typename in_door::inside, true> trace;
  typename chain<Topology>::template gradient<Samples * from::steps> grad_z;
  block<T, Samples * to::steps, to::row::size> target, out, grad_out;
};

/// Layer has an update() of its own, and needs no place for its gradient.
template <class Layer, std::size_t Samples, class T = typename Layer::scalar>
concept updating = requires(
    const typename Layer::template trace<rows<const T, Samples, Layer::input_shape::row::size, Layer::input_shape::row::size>>&
        trace,
    const typename Layer::template gradient<Samples>& grad_z, std::span<T, Layer::storage> theta) {
  Layer::update(0, trace, grad_z, theta);
};

/// Bytes of the stack that a bound layer takes besides: its `scratch`, see layer.hpp, and its gradient in a train_step.
template <class Layer, std::size_t Samples, bool Record>
constexpr std::size_t scratch_of_layer() noexcept {
  using T = typename Layer::scalar;
  std::size_t bytes = 0;
  if constexpr (requires { Layer::template scratch<Samples, Record>; })
    bytes += Layer::template scratch<Samples, Record>;
  if constexpr (Record)
    if constexpr (!updating<Layer, Samples>)
      bytes += padded<T>(Layer::storage) * sizeof(T);
  return bytes;
}

/// And the kernels that it calls.
template <class Layer, std::size_t Samples, bool Record>
constexpr std::size_t scratch_of_kernels() noexcept {
  if constexpr (Record && Samples > 1 && requires { typename Layer::panels; })
    return kernel::transposed_bytes<typename Layer::panels, typename Layer::scalar>;
  else
    return 0;
}

/// The sum over the layers, for so many rows that go in: their verbs may all be part of one function, whose variables do not
/// share their places. Kernels are called one after the other.
template <class Topology, std::size_t Rows, bool Record>
constexpr std::size_t scratch_of_rows() noexcept {
  std::size_t total = 0, most_of_kernels = 0;
  const auto one = [&]<class At>() {
    constexpr std::size_t rows = Rows / Topology::template steps_behind<0> * Topology::template steps_behind<At::depth - 1>;
    constexpr std::size_t of_kernels = scratch_of_kernels<typename At::layer, rows, Record>();
    total += scratch_of_layer<typename At::layer, rows, Record>();
    if (of_kernels > most_of_kernels)
      most_of_kernels = of_kernels;
  };
  for_each_layer<Topology>(one);
  return total + most_of_kernels;
}
template <class Topology, std::size_t Samples, bool Record>
constexpr std::size_t scratch() noexcept {
  return scratch_of_rows<Topology, Samples * Topology::input_shape::steps, Record>();
}

/// f(memory), the memory in the frame of a function of its own.
template <class Memory, class F>
[[gnu::noinline]] constexpr auto with_memory_apart(F f) noexcept {
  Memory memory;
  return f(memory);
}

/// f(memory), the memory being on the stack. Much of it is not in the caller's frame, where it would be added to that of
/// other calls, and be taken for as long as the caller runs.
template <class Memory, class F>
[[gnu::always_inline]] constexpr auto with_memory(F f) noexcept {
  if constexpr (sizeof(Memory) > 4096) return with_memory_apart<Memory>(f);
  else {
    Memory memory;
    return f(memory);
  }
}

/// Memory where an object of the caller's is, whose numbers count for nothing before and after.
template <class Memory, class Place>
Memory& memory_in(Place& place) noexcept {
  static_assert(sizeof(Memory) <= sizeof(Place) && alignof(Memory) <= alignof(Place) && std::is_trivially_destructible_v<Memory>);
  return *::new (static_cast<void*>(&place)) Memory;
}

/// f(memory), the memory being where a net is.
template <class Memory, class Net, class F>
auto with_memory_in(Net& net, F f) noexcept {
  const auto value = f(memory_in<Memory>(net));
  ::new (static_cast<void*>(&net)) std::byte[sizeof(Net)]; // begins the life of a net, too ([intro.object]); no instruction
  return value;
}

} // namespace inlay::detail
